-- Changes of the calendar, over the file that ships: the plan of a year, and the days on which a government closes on its own.
-- Twin: sql/sqlserver/0002_Calendar.sql. A change is a version; the newest of a kind, a government and a year holds.

CREATE TABLE CalendarVersion (
  Id TEXT NOT NULL CONSTRAINT PK_CalendarVersion PRIMARY KEY,
  Number INTEGER NOT NULL CONSTRAINT UX_CalendarVersion_Number UNIQUE,
  Kind TEXT NOT NULL,
  GovernmentId TEXT NULL CONSTRAINT FK_CalendarVersion_Government REFERENCES Body (Id),
  Year INTEGER NOT NULL,
  -- all days of the kind in the year, not only those that are new
  Days TEXT NOT NULL,
  What TEXT NOT NULL,
  Reason TEXT NOT NULL,
  Source TEXT NOT NULL,
  AccountId TEXT NULL CONSTRAINT FK_CalendarVersion_Account REFERENCES Account (Id),
  RecordedBy TEXT NOT NULL,
  RecordedAt TEXT NOT NULL
) STRICT;

CREATE TRIGGER TR_CalendarVersion_NoUpdate BEFORE UPDATE ON CalendarVersion BEGIN SELECT RAISE(ABORT, 'CalendarVersion is append-only'); END;
CREATE TRIGGER TR_CalendarVersion_NoDelete BEFORE DELETE ON CalendarVersion BEGIN SELECT RAISE(ABORT, 'CalendarVersion is append-only'); END;
