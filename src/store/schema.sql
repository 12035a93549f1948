-- What a session followed. Equal plans are kept once.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX plan_by_hash ON plan(hash);

-- One run. Times are nanoseconds of session time unless they end in _ms
-- (since 1970, UTC) or _s (offset of the place from UTC).
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    engine INTEGER NOT NULL,
    program TEXT NOT NULL,
    routine TEXT NOT NULL,
    stem TEXT NOT NULL,
    path TEXT,
    kind TEXT NOT NULL,
    speed INTEGER NOT NULL,
    from_step INTEGER,
    prompts TEXT NOT NULL,
    checklists TEXT NOT NULL,
    left_out TEXT NOT NULL,
    aftercare TEXT,
    plan INTEGER NOT NULL REFERENCES plan(id),
    -- Where a session goes on that was not replayed from its start.
    base TEXT,
    base_plan INTEGER REFERENCES plan(id),
    -- The log's, once it is over or interrupted.
    outcome TEXT,
    started_ms INTEGER,
    started_s INTEGER,
    ended_ms INTEGER,
    ended_s INTEGER,
    -- In the routine's own time; paused in real time.
    planned INTEGER,
    actual INTEGER,
    paused INTEGER,
    note TEXT,
    reason TEXT,
    felt TEXT
) STRICT;

CREATE TABLE input (
    session INTEGER NOT NULL REFERENCES session(id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    plan INTEGER REFERENCES plan(id),
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

-- The latest moment of a session that is not over.
CREATE TABLE beat (
    session INTEGER PRIMARY KEY REFERENCES session(id),
    at INTEGER NOT NULL,
    position TEXT
) STRICT;

-- What became of the steps so far, for rules that have changed.
CREATE TABLE progress (
    session INTEGER PRIMARY KEY REFERENCES session(id),
    records TEXT NOT NULL
) STRICT;

-- Which session time was which time on the wall, for each stretch.
CREATE TABLE anchor (
    session INTEGER NOT NULL REFERENCES session(id),
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    offset_s INTEGER NOT NULL,
    PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

-- What the speaker said of each cue.
CREATE TABLE fate (
    session INTEGER NOT NULL REFERENCES session(id),
    epoch INTEGER NOT NULL,
    n INTEGER NOT NULL,
    heard INTEGER NOT NULL,
    PRIMARY KEY (session, epoch, n)
) STRICT, WITHOUT ROWID;

-- The log's long columns.
CREATE TABLE detail (
    session INTEGER PRIMARY KEY REFERENCES session(id),
    steps TEXT NOT NULL,
    cues TEXT NOT NULL
) STRICT;

-- The log by region, in the routine's own time; transitions and rehearsals
-- have none. In the order in which it is summed.
CREATE TABLE worked (
    session INTEGER NOT NULL REFERENCES session(id),
    region TEXT NOT NULL,
    side TEXT NOT NULL,
    planned INTEGER NOT NULL,
    actual INTEGER NOT NULL,
    PRIMARY KEY (region, side, session)
) STRICT, WITHOUT ROWID;
