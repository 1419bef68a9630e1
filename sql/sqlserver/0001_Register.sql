-- The register: who there is, which documents, what happened to them, what is due.
-- Twin: sql/sqlite/0001_Register.sql. Every text compares by code point, as on SQLite. An id is a UUID of version 7 in the order of its
-- bytes: binary(16) sorts it by its time, so that a table grows at its end, and as SQLite does. A uniqueidentifier would do neither.

-- ---------------------------------------------------------------- bodies, people, posts

CREATE TABLE Body (
  Id binary(16) NOT NULL CONSTRAINT PK_Body PRIMARY KEY,
  Code nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_Body_Code UNIQUE,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ShortName nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ParentId binary(16) NULL CONSTRAINT FK_Body_Parent REFERENCES Body (Id),
  DivisionCode nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  CreditCode nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  ValidFrom date NOT NULL,
  ValidTo date NULL,
  SuccessorId binary(16) NULL CONSTRAINT FK_Body_Successor REFERENCES Body (Id)
);
-- resolving an office of a government on a day
CREATE INDEX IX_Body_Parent ON Body (ParentId, Kind);
-- the bodies that a body took over: read at every command
CREATE INDEX IX_Body_Successor ON Body (SuccessorId) WHERE SuccessorId IS NOT NULL;

CREATE TABLE Account (
  Id binary(16) NOT NULL CONSTRAINT PK_Account PRIMARY KEY,
  Login nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_Account_Login UNIQUE,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Email nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  PasswordHash nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  -- somebody else has set the password
  PasswordChangeDue bit NOT NULL,
  SecurityStamp nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  DisabledAt datetimeoffset(3) NULL
);

CREATE TABLE Post (
  Id binary(16) NOT NULL CONSTRAINT PK_Post PRIMARY KEY,
  AccountId binary(16) NOT NULL CONSTRAINT FK_Post_Account REFERENCES Account (Id),
  BodyId binary(16) NOT NULL CONSTRAINT FK_Post_Body REFERENCES Body (Id),
  Role nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ValidFrom date NOT NULL,
  ValidTo date NULL
);
-- who am I: read at every request
CREATE INDEX IX_Post_Account ON Post (AccountId);
-- whom to tell: read at every alert
CREATE INDEX IX_Post_Body ON Post (BodyId, Role);

CREATE TABLE ApiKey (
  Id binary(16) NOT NULL CONSTRAINT PK_ApiKey PRIMARY KEY,
  AccountId binary(16) NOT NULL CONSTRAINT FK_ApiKey_Account REFERENCES Account (Id),
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Hash nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_ApiKey_Hash UNIQUE,
  CreatedAt datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NULL,
  RevokedAt datetimeoffset(3) NULL
);

-- ---------------------------------------------------------------- the law as it was loaded

CREATE TABLE Law (
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Version int NOT NULL,
  Hash nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Json nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  StoredAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_Law PRIMARY KEY (Kind, Name, Version)
);

CREATE TABLE Setting (
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL
);

-- ---------------------------------------------------------------- processes and events (append-only)

CREATE TABLE Process (
  Id binary(16) NOT NULL CONSTRAINT PK_Process PRIMARY KEY,
  Command nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ActorKind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ActorId binary(16) NULL,
  ActorName nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  OnBehalfOf nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  At datetimeoffset(3) NOT NULL,
  TraceId nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE TABLE Event (
  Id binary(16) NOT NULL CONSTRAINT PK_Event PRIMARY KEY,
  ProcessId binary(16) NOT NULL CONSTRAINT FK_Event_Process REFERENCES Process (Id),
  Seq int NOT NULL,
  Type nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DocumentId binary(16) NULL,
  At datetimeoffset(3) NOT NULL,
  Bytes varbinary(max) NOT NULL,
  Digest nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT UX_Event_Seq UNIQUE (ProcessId, Seq)
);
-- the history of a document
CREATE INDEX IX_Event_Document ON Event (DocumentId, At);

GO
CREATE TRIGGER TR_Process_NoUpdate ON Process INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Process is append-only', 1;
GO
CREATE TRIGGER TR_Process_NoDelete ON Process INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Process is append-only', 1;
GO
CREATE TRIGGER TR_Event_NoUpdate ON Event INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Event is append-only', 1;
GO
CREATE TRIGGER TR_Event_NoDelete ON Event INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Event is append-only', 1;
GO

-- ---------------------------------------------------------------- documents

CREATE TABLE Document (
  Id binary(16) NOT NULL CONSTRAINT PK_Document PRIMARY KEY,
  Title nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Issuance nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  GovernmentId binary(16) NOT NULL CONSTRAINT FK_Document_Government REFERENCES Body (Id),
  IssuingBodyId binary(16) NOT NULL CONSTRAINT FK_Document_IssuingBody REFERENCES Body (Id),
  DraftingBodyId binary(16) NOT NULL CONSTRAINT FK_Document_DraftingBody REFERENCES Body (Id),
  Origin nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Stage nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SubmittedBy binary(16) NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  ClosedAt datetimeoffset(3) NULL
);
-- the list of documents, newest first, of one government
CREATE INDEX IX_Document_Government ON Document (GovernmentId, CreatedAt);
-- the list of documents, newest first, of all; the search reads the titles in it
CREATE INDEX IX_Document_Created ON Document (CreatedAt, Id, Title);

-- Who has to do with a document: visibility is decided by this table alone.
CREATE TABLE DocumentParty (
  DocumentId binary(16) NOT NULL CONSTRAINT FK_DocumentParty_Document REFERENCES Document (Id),
  BodyId binary(16) NOT NULL CONSTRAINT FK_DocumentParty_Body REFERENCES Body (Id),
  Part nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Since datetimeoffset(3) NOT NULL,
  -- the moment of the document, so that a body's list is read in its order
  CreatedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_DocumentParty PRIMARY KEY (DocumentId, BodyId, Part)
);
-- the list of documents of a body, newest first
CREATE INDEX IX_DocumentParty_Body ON DocumentParty (BodyId, CreatedAt, DocumentId);

CREATE TABLE Material (
  Id binary(16) NOT NULL CONSTRAINT PK_Material PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Material_Document REFERENCES Document (Id),
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FileName nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  MediaType nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Size bigint NOT NULL,
  Sha256 nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  NotSecret bit NOT NULL CONSTRAINT CK_Material_NotSecret CHECK (NotSecret = 1),
  AddedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AddedAt datetimeoffset(3) NOT NULL
);
-- the materials of a document
CREATE INDEX IX_Material_Document ON Material (DocumentId, AddedAt);
-- the orphan collector
CREATE INDEX IX_Material_Sha256 ON Material (Sha256);

CREATE TABLE DocumentText (
  Id binary(16) NOT NULL CONSTRAINT PK_DocumentText PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_DocumentText_Document REFERENCES Document (Id),
  No int NOT NULL,
  Purpose nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Body nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Digest nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  MaterialId binary(16) NULL CONSTRAINT FK_DocumentText_Material REFERENCES Material (Id),
  AddedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AddedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT UX_DocumentText_No UNIQUE (DocumentId, No)
);
GO
CREATE TRIGGER TR_DocumentText_NoUpdate ON DocumentText INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'DocumentText is append-only', 1;
GO
CREATE TRIGGER TR_DocumentText_NoDelete ON DocumentText INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'DocumentText is append-only', 1;
GO

CREATE TABLE Fact (
  Id binary(16) NOT NULL CONSTRAINT PK_Fact PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Fact_Document REFERENCES Document (Id),
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  LegalDate date NOT NULL,
  RecordedAt datetimeoffset(3) NOT NULL,
  Value nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  Source nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SupersedesId binary(16) NULL CONSTRAINT FK_Fact_Supersedes REFERENCES Fact (Id),
  ProcessId binary(16) NOT NULL
);
-- everything that is asked of a document starts here
CREATE INDEX IX_Fact_Document ON Fact (DocumentId, Kind);
-- 登记簿: the latest registration first, and its first and last year
CREATE INDEX IX_Fact_Registered ON Fact (LegalDate, DocumentId, Id) WHERE Kind = 'registered';
-- a fact is corrected once; the correction may be corrected in turn
CREATE UNIQUE INDEX UX_Fact_Supersedes ON Fact (SupersedesId) WHERE SupersedesId IS NOT NULL;
GO
CREATE TRIGGER TR_Fact_NoUpdate ON Fact INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Fact is append-only', 1;
GO
CREATE TRIGGER TR_Fact_NoDelete ON Fact INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'Fact is append-only', 1;
GO

CREATE TABLE Citation (
  Id binary(16) NOT NULL CONSTRAINT PK_Citation PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Citation_Document REFERENCES Document (Id),
  Title nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  Number nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Relation nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  No int NOT NULL
);
CREATE INDEX IX_Citation_Document ON Citation (DocumentId);

-- ---------------------------------------------------------------- cases and workflows

CREATE TABLE CaseFile (
  Id binary(16) NOT NULL CONSTRAINT PK_CaseFile PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_CaseFile_Document REFERENCES Document (Id),
  ProfileId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ProfileVersion int NOT NULL,
  DefinitionId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DefinitionVersion int NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  ClosedAt datetimeoffset(3) NULL,
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL
);
-- the case of a document
CREATE INDEX IX_CaseFile_Document ON CaseFile (DocumentId, StartedAt);

CREATE TABLE WorkflowInstance (
  Id binary(16) NOT NULL CONSTRAINT PK_WorkflowInstance PRIMARY KEY,
  CaseId binary(16) NOT NULL CONSTRAINT FK_WorkflowInstance_Case REFERENCES CaseFile (Id),
  DefinitionId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DefinitionVersion int NOT NULL,
  Host nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ParentId binary(16) NULL CONSTRAINT FK_WorkflowInstance_Parent REFERENCES WorkflowInstance (Id),
  ParentNode nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  ParentVisit int NULL,
  Subject binary(16) NULL,
  State nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  Revision int NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NULL
);
-- the running tree of a case
CREATE INDEX IX_WorkflowInstance_Case ON WorkflowInstance (CaseId);
-- the children of a waiting node
CREATE INDEX IX_WorkflowInstance_Parent ON WorkflowInstance (ParentId, ParentNode, ParentVisit) WHERE ParentId IS NOT NULL;

CREATE TABLE WorkflowStep (
  InstanceId binary(16) NOT NULL CONSTRAINT FK_WorkflowStep_Instance REFERENCES WorkflowInstance (Id),
  Seq int NOT NULL,
  NodeId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Visit int NOT NULL,
  What nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Outcomes nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  At datetimeoffset(3) NOT NULL,
  ProcessId binary(16) NOT NULL,
  CONSTRAINT PK_WorkflowStep PRIMARY KEY (InstanceId, Seq)
);

-- What a workflow waits for besides tasks: a limit, a signal.
CREATE TABLE Wait (
  InstanceId binary(16) NOT NULL CONSTRAINT FK_Wait_Instance REFERENCES WorkflowInstance (Id),
  NodeId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Visit int NOT NULL,
  CaseId binary(16) NOT NULL,
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_Wait PRIMARY KEY (InstanceId, NodeId, Visit)
);
-- delivering a rung or a signal
CREATE INDEX IX_Wait_Case ON Wait (CaseId, Kind, Name);

CREATE TABLE Task (
  Id binary(16) NOT NULL CONSTRAINT PK_Task PRIMARY KEY,
  CaseId binary(16) NOT NULL CONSTRAINT FK_Task_Case REFERENCES CaseFile (Id),
  DocumentId binary(16) NOT NULL,
  InstanceId binary(16) NOT NULL CONSTRAINT FK_Task_Instance REFERENCES WorkflowInstance (Id),
  NodeId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Visit int NOT NULL,
  Code nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Role nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Place nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AnchorId binary(16) NOT NULL CONSTRAINT FK_Task_Anchor REFERENCES Body (Id),
  LimitName nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  State nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- whoever at the desk took it or had it handed over; the law knows the desk only
  HolderId binary(16) NULL CONSTRAINT FK_Task_Holder REFERENCES Account (Id),
  HeldAt datetimeoffset(3) NULL,
  HandedOverBy binary(16) NULL CONSTRAINT FK_Task_HandedOverBy REFERENCES Account (Id),
  HandoverNote nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
  RemindedOn date NULL,
  OpenedAt datetimeoffset(3) NOT NULL,
  ClosedAt datetimeoffset(3) NULL,
  ClosedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT UX_Task_Node UNIQUE (InstanceId, NodeId, Visit)
);
-- the inbox of a desk
CREATE INDEX IX_Task_Desk ON Task (AnchorId, Place, Role, OpenedAt) WHERE State = 'open';
-- the open tasks of a document, read at every command
CREATE INDEX IX_Task_Document ON Task (DocumentId) WHERE State = 'open';
-- what somebody holds, and did
CREATE INDEX IX_Task_Holder ON Task (HolderId, DocumentId) WHERE HolderId IS NOT NULL;
-- what somebody handed over to others
CREATE INDEX IX_Task_HandedOver ON Task (HandedOverBy) WHERE State = 'open' AND HandedOverBy IS NOT NULL;

-- 暂存: what somebody typed into a form and has not sent yet; nobody else reads it.
CREATE TABLE SavedForm (
  AccountId binary(16) NOT NULL CONSTRAINT FK_SavedForm_Account REFERENCES Account (Id),
  Form nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Revision int NOT NULL,
  Fields nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SavedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_SavedForm PRIMARY KEY (AccountId, Form)
);

-- Files that a kept form refers to: they stay in the store until the form is sent or given up.
CREATE TABLE SavedFormFile (
  AccountId binary(16) NOT NULL,
  Form nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Sha256 nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_SavedFormFile PRIMARY KEY (AccountId, Form, Sha256),
  CONSTRAINT FK_SavedFormFile_Form FOREIGN KEY (AccountId, Form) REFERENCES SavedForm (AccountId, Form)
);

-- ---------------------------------------------------------------- deadlines and alerts

CREATE TABLE Deadline (
  Id binary(16) NOT NULL CONSTRAINT PK_Deadline PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Deadline_Document REFERENCES Document (Id),
  CaseId binary(16) NOT NULL CONSTRAINT FK_Deadline_Case REFERENCES CaseFile (Id),
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Label nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FromFact nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FromDate date NOT NULL,
  UntilFact nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Length int NULL,
  Unit nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  DayKind nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  RawEnd date NULL,
  Due date NULL,
  Provisional bit NOT NULL,
  Projection int NOT NULL,
  Steps nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Source nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Confidence nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Rungs nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  NextRungOn date NULL,
  MetOn date NULL,
  ClosedAt datetimeoffset(3) NULL,
  ClosedReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);
-- the deadlines of a document
CREATE INDEX IX_Deadline_Document ON Deadline (DocumentId);
-- the sweep
CREATE INDEX IX_Deadline_NextRung ON Deadline (NextRungOn) WHERE ClosedAt IS NULL AND NextRungOn IS NOT NULL;
-- the overdue list
CREATE INDEX IX_Deadline_Due ON Deadline (Due) WHERE ClosedAt IS NULL AND Due IS NOT NULL;

CREATE TABLE Suspension (
  Id binary(16) NOT NULL CONSTRAINT PK_Suspension PRIMARY KEY,
  DeadlineId binary(16) NOT NULL CONSTRAINT FK_Suspension_Deadline REFERENCES Deadline (Id),
  FromDate date NOT NULL,
  ToDate date NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX IX_Suspension_Deadline ON Suspension (DeadlineId);

-- One row a rung that fired: the primary key is what makes it fire once.
CREATE TABLE Rung (
  DeadlineId binary(16) NOT NULL CONSTRAINT FK_Rung_Deadline REFERENCES Deadline (Id),
  Projection int NOT NULL,
  Days int NOT NULL,
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FiredAt datetimeoffset(3) NOT NULL,
  Overtaken bit NOT NULL,
  CONSTRAINT PK_Rung PRIMARY KEY (DeadlineId, Projection, Days)
);

CREATE TABLE Alert (
  Id binary(16) NOT NULL CONSTRAINT PK_Alert PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Alert_Document REFERENCES Document (Id),
  DeadlineId binary(16) NULL CONSTRAINT FK_Alert_Deadline REFERENCES Deadline (Id),
  Projection int NULL,
  Days int NULL,
  Notice nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Level nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Role nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Place nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AnchorId binary(16) NOT NULL CONSTRAINT FK_Alert_Anchor REFERENCES Body (Id),
  Title nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Body nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RaisedAt datetimeoffset(3) NOT NULL,
  RaisedOn date NOT NULL,
  WithdrawnAt datetimeoffset(3) NULL
);
-- the alerts of a desk, newest first
CREATE INDEX IX_Alert_Desk ON Alert (AnchorId, Place, Role, RaisedAt);
-- the alerts of a document
CREATE INDEX IX_Alert_Document ON Alert (DocumentId, RaisedAt);

CREATE TABLE Outbox (
  Id binary(16) NOT NULL CONSTRAINT PK_Outbox PRIMARY KEY,
  DeliveryKey nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_Outbox_Key UNIQUE,
  Channel nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Payload nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  Attempts int NOT NULL,
  NextAttemptAt datetimeoffset(3) NULL,
  DeliveredAt datetimeoffset(3) NULL,
  LastError nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);
-- what is still to deliver
CREATE INDEX IX_Outbox_Next ON Outbox (NextAttemptAt) WHERE DeliveredAt IS NULL;

-- ---------------------------------------------------------------- the steps of the law

CREATE TABLE Identification (
  Id binary(16) NOT NULL CONSTRAINT PK_Identification PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Identification_Document REFERENCES Document (Id),
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Ground nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DecidedOn date NOT NULL,
  DecidedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX IX_Identification_Document ON Identification (DocumentId);

CREATE TABLE Consultation (
  Id binary(16) NOT NULL CONSTRAINT PK_Consultation PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Consultation_Document REFERENCES Document (Id),
  Audience nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  OpensOn date NOT NULL,
  ClosesOn date NOT NULL,
  Invited nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Channel nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ShortenedReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  ClosedOn date NULL
);
CREATE INDEX IX_Consultation_Document ON Consultation (DocumentId);

CREATE TABLE ConsultationComment (
  Id binary(16) NOT NULL CONSTRAINT PK_ConsultationComment PRIMARY KEY,
  ConsultationId binary(16) NOT NULL CONSTRAINT FK_ConsultationComment_Consultation REFERENCES Consultation (Id),
  Author nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Text nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ReceivedOn date NOT NULL,
  -- of a comment from the public pages: how its author can be reached, and the number of the confirmation
  Contact nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Reference nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  Adoption nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  AdoptionReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  No int NULL
);
CREATE INDEX IX_ConsultationComment_Consultation ON ConsultationComment (ConsultationId);
CREATE UNIQUE INDEX UX_ConsultationComment_Reference ON ConsultationComment (Reference) WHERE Reference IS NOT NULL;

CREATE TABLE LegalityReview (
  Id binary(16) NOT NULL CONSTRAINT PK_LegalityReview PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_LegalityReview_Document REFERENCES Document (Id),
  Round int NOT NULL,
  TextId binary(16) NOT NULL CONSTRAINT FK_LegalityReview_Text REFERENCES DocumentText (Id),
  ReceivedOn date NOT NULL,
  ConcludedOn date NULL,
  Reviewer nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Conclusion nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  Summary nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  ForbiddenChecked nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  -- after an opinion that asks for amendments: the text that was handed in, and whether the opinion was followed in it
  AmendedTextId binary(16) NULL CONSTRAINT FK_LegalityReview_AmendedText REFERENCES DocumentText (Id),
  Following nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  FollowingOn date NULL,
  Explanation nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  Authority nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT UX_LegalityReview_Round UNIQUE (DocumentId, Round)
);

-- What a draft lacked when it was not taken in for review.
CREATE TABLE MissingItem (
  Id binary(16) NOT NULL CONSTRAINT PK_MissingItem PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_MissingItem_Document REFERENCES Document (Id),
  Item nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AskedOn date NOT NULL,
  AskedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AskedAt datetimeoffset(3) NOT NULL
);
CREATE INDEX IX_MissingItem_Document ON MissingItem (DocumentId, AskedAt);

CREATE TABLE Finding (
  Id binary(16) NOT NULL CONSTRAINT PK_Finding PRIMARY KEY,
  ReviewId binary(16) NOT NULL CONSTRAINT FK_Finding_Review REFERENCES LegalityReview (Id),
  No int NOT NULL,
  Aspect nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Article nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Forbidden nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Text nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Binding bit NOT NULL,
  Answer nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  AnswerReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  AnsweredBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Confirmed bit NULL,
  ConfirmedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  ConfirmRemark nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT UX_Finding_No UNIQUE (ReviewId, No)
);

CREATE TABLE ReviewAspect (
  ReviewId binary(16) NOT NULL CONSTRAINT FK_ReviewAspect_Review REFERENCES LegalityReview (Id),
  Aspect nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Passed bit NOT NULL,
  Remark nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT PK_ReviewAspect PRIMARY KEY (ReviewId, Aspect)
);

CREATE TABLE Decision (
  Id binary(16) NOT NULL CONSTRAINT PK_Decision PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Decision_Document REFERENCES Document (Id),
  No int NOT NULL,
  ReviewId binary(16) NOT NULL CONSTRAINT FK_Decision_Review REFERENCES LegalityReview (Id),
  Mode nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Meeting nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  MeetingNumber nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  HeldOn date NOT NULL,
  Chair nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Attendees nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Absent nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Dissent nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  Outcome nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Reason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  TextId binary(16) NOT NULL CONSTRAINT FK_Decision_Text REFERENCES DocumentText (Id),
  Digest nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- what is approved: at once where it was adopted, after the changes were confirmed where it was adopted in principle
  ApprovedTextId binary(16) NULL CONSTRAINT FK_Decision_ApprovedText REFERENCES DocumentText (Id),
  ApprovedDigest nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  ApprovedOn date NULL,
  ConfirmedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  RecordedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT UX_Decision_No UNIQUE (DocumentId, No)
);

CREATE TABLE Signature (
  Id binary(16) NOT NULL CONSTRAINT PK_Signature PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Signature_Document REFERENCES Document (Id),
  Level int NOT NULL,
  LevelName nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  BodyId binary(16) NOT NULL CONSTRAINT FK_Signature_Body REFERENCES Body (Id),
  Signer nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- the account, by which one who signs twice is known
  SignerId binary(16) NULL,
  SignedOn date NOT NULL,
  Digest nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  VoidedAt datetimeoffset(3) NULL,
  VoidReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);
CREATE INDEX IX_Signature_Document ON Signature (DocumentId);

CREATE TABLE Publication (
  Id binary(16) NOT NULL CONSTRAINT PK_Publication PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Publication_Document REFERENCES Document (Id),
  PublishedOn date NOT NULL,
  Carrier nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Place nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  Official bit NOT NULL,
  TextId binary(16) NOT NULL CONSTRAINT FK_Publication_Text REFERENCES DocumentText (Id),
  Digest nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RecordedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX IX_Publication_Document ON Publication (DocumentId);

CREATE TABLE FilingCase (
  Id binary(16) NOT NULL CONSTRAINT PK_FilingCase PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_FilingCase_Document REFERENCES Document (Id),
  InstanceId binary(16) NOT NULL CONSTRAINT UX_FilingCase_Instance UNIQUE,
  TargetId binary(16) NOT NULL CONSTRAINT FK_FilingCase_Target REFERENCES Body (Id),
  State nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ReportNumber nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  SentOn date NULL,
  ReceivedOn date NULL,
  RegisteredOn date NULL,
  ReceiptNumber nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Note nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);
CREATE INDEX IX_FilingCase_Document ON FilingCase (DocumentId);
-- the desk of the filing authority
CREATE INDEX IX_FilingCase_Target ON FilingCase (TargetId, State);

CREATE TABLE Evaluation (
  Id binary(16) NOT NULL CONSTRAINT PK_Evaluation PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Evaluation_Document REFERENCES Document (Id),
  Conclusion nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Report nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ConcludedOn date NOT NULL,
  RecordedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX IX_Evaluation_Document ON Evaluation (DocumentId);

-- What each published document is from one day to another, for the lists over all of them: derived from its facts whenever one is recorded, the days to
-- come included, so that nothing has to run for a document to lapse.
CREATE TABLE ValiditySpan (
  DocumentId binary(16) NOT NULL CONSTRAINT FK_ValiditySpan_Document REFERENCES Document (Id),
  FromDate date NOT NULL,
  ToDate date NOT NULL,
  Status nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- 9999-12-31 where there is none
  LastValidDay date NOT NULL,
  Published date NOT NULL,
  PublishedYear int NOT NULL,
  IssuingBodyId binary(16) NOT NULL CONSTRAINT FK_ValiditySpan_IssuingBody REFERENCES Body (Id),
  CONSTRAINT PK_ValiditySpan PRIMARY KEY (DocumentId, FromDate)
);
-- 公众查询: the newest first, and the figures beside its filters
CREATE INDEX IX_ValiditySpan_Published ON ValiditySpan (Published, DocumentId, FromDate, ToDate, Status, IssuingBodyId, PublishedYear);
-- 有效期: those whose last day comes first at the top
CREATE INDEX IX_ValiditySpan_Status ON ValiditySpan (Status, LastValidDay, DocumentId, FromDate, ToDate, Published);

-- What was entered of a document issued elsewhere, until somebody has checked it: its numbers stand in Number only from then on.
CREATE TABLE ElsewhereEntry (
  DocumentId binary(16) NOT NULL CONSTRAINT PK_ElsewhereEntry PRIMARY KEY CONSTRAINT FK_ElsewhereEntry_Document REFERENCES Document (Id),
  Source nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IssueNumber nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  RegistrationNumber nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  State nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Findings nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  EnteredBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CheckedOn date NULL,
  CheckedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  Note nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);

-- ---------------------------------------------------------------- numbers

CREATE TABLE Series (
  Id binary(16) NOT NULL CONSTRAINT PK_Series PRIMARY KEY,
  Code nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_Series_Code UNIQUE,
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Pool nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  BodyId binary(16) NOT NULL CONSTRAINT FK_Series_Body REFERENCES Body (Id),
  Pattern nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Source nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE SeriesYear (
  SeriesId binary(16) NOT NULL CONSTRAINT FK_SeriesYear_Series REFERENCES Series (Id),
  Year int NOT NULL,
  Opening int NOT NULL,
  Next int NOT NULL,
  CONSTRAINT PK_SeriesYear PRIMARY KEY (SeriesId, Year)
);

CREATE TABLE Number (
  Id binary(16) NOT NULL CONSTRAINT PK_Number PRIMARY KEY,
  SeriesId binary(16) NOT NULL CONSTRAINT FK_Number_Series REFERENCES Series (Id),
  Year int NOT NULL,
  Serial int NOT NULL,
  Text nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_Number_Text UNIQUE,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_Number_Document REFERENCES Document (Id),
  IssuedOn date NOT NULL,
  IssuedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  VoidedOn date NULL,
  VoidedBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  VoidReason nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT UX_Number_Serial UNIQUE (SeriesId, Year, Serial)
);
-- the numbers of a document
CREATE INDEX IX_Number_Document ON Number (DocumentId);
GO
CREATE TRIGGER TR_Number_NoDelete ON Number INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'a number is never deleted', 1;
GO
CREATE TRIGGER TR_Number_NoChange ON Number AFTER UPDATE AS IF (UPDATE(Id) OR UPDATE(SeriesId) OR UPDATE(Year) OR UPDATE(Serial) OR UPDATE(Text) OR UPDATE(DocumentId) OR UPDATE(IssuedOn) OR UPDATE(IssuedBy)) AND EXISTS (SELECT 1 FROM deleted) THROW 50001, 'a number never changes', 1;
GO
CREATE TRIGGER TR_Number_NoRevival ON Number AFTER UPDATE AS IF EXISTS (SELECT 1 FROM deleted WHERE VoidedOn IS NOT NULL) THROW 50001, 'a void number stays void', 1;
GO

-- ---------------------------------------------------------------- requests that must act once

CREATE TABLE Idempotency (
  Caller nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RequestKey nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RequestHash nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Response nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_Idempotency PRIMARY KEY (Caller, RequestKey)
);
-- forgetting after 30 days
CREATE INDEX IX_Idempotency_Created ON Idempotency (CreatedAt);
