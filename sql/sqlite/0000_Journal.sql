-- The journal of the migrations themselves.
-- Twin: sql/sqlserver/0000_Journal.sql.

CREATE TABLE SchemaJournal (
  Number INTEGER NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY,
  Name TEXT NOT NULL,
  Hash TEXT NOT NULL,
  AppliedAt TEXT NOT NULL,
  ProgramVersion TEXT NOT NULL
) STRICT;
CREATE TRIGGER TR_SchemaJournal_NoUpdate BEFORE UPDATE ON SchemaJournal BEGIN SELECT RAISE(ABORT, 'SchemaJournal is append-only'); END;
CREATE TRIGGER TR_SchemaJournal_NoDelete BEFORE DELETE ON SchemaJournal BEGIN SELECT RAISE(ABORT, 'SchemaJournal is append-only'); END;
