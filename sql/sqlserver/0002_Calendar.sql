-- Changes of the calendar, over the file that ships: the plan of a year, and the days on which a government closes on its own.
-- Twin: sql/sqlite/0002_Calendar.sql. A change is a version; the newest of a kind, a government and a year holds.

CREATE TABLE CalendarVersion (
  Id binary(16) NOT NULL CONSTRAINT PK_CalendarVersion PRIMARY KEY,
  Number int NOT NULL CONSTRAINT UX_CalendarVersion_Number UNIQUE,
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  GovernmentId binary(16) NULL CONSTRAINT FK_CalendarVersion_Government REFERENCES Body (Id),
  Year int NOT NULL,
  -- all days of the kind in the year, not only those that are new
  Days nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  What nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Source nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AccountId binary(16) NULL CONSTRAINT FK_CalendarVersion_Account REFERENCES Account (Id),
  RecordedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RecordedAt datetimeoffset(3) NOT NULL
);

GO
CREATE TRIGGER TR_CalendarVersion_NoUpdate ON CalendarVersion INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'CalendarVersion is append-only', 1;
GO
CREATE TRIGGER TR_CalendarVersion_NoDelete ON CalendarVersion INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'CalendarVersion is append-only', 1;
GO
