-- The register: who there is, which documents, what happened to them, what is due.
-- Twin: sql/sqlserver/0001_Register.sql. Ids are UUID version 7; dates yyyy-MM-dd; moments UTC, fixed width.

-- ---------------------------------------------------------------- bodies, people, posts

CREATE TABLE Body (
  Id TEXT NOT NULL CONSTRAINT PK_Body PRIMARY KEY,
  Code TEXT NOT NULL CONSTRAINT UX_Body_Code UNIQUE,
  Name TEXT NOT NULL,
  ShortName TEXT NOT NULL,
  Kind TEXT NOT NULL,
  ParentId TEXT NULL CONSTRAINT FK_Body_Parent REFERENCES Body (Id),
  DivisionCode TEXT NULL,
  CreditCode TEXT NULL,
  ValidFrom TEXT NOT NULL,
  ValidTo TEXT NULL,
  SuccessorId TEXT NULL CONSTRAINT FK_Body_Successor REFERENCES Body (Id)
) STRICT;
-- resolving an office of a government on a day
CREATE INDEX IX_Body_Parent ON Body (ParentId, Kind);
-- the bodies that a body took over: read at every command
CREATE INDEX IX_Body_Successor ON Body (SuccessorId) WHERE SuccessorId IS NOT NULL;

CREATE TABLE Account (
  Id TEXT NOT NULL CONSTRAINT PK_Account PRIMARY KEY,
  Login TEXT NOT NULL CONSTRAINT UX_Account_Login UNIQUE,
  Name TEXT NOT NULL,
  Email TEXT NULL,
  PasswordHash TEXT NULL,
  -- somebody else has set the password
  PasswordChangeDue INTEGER NOT NULL,
  SecurityStamp TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  DisabledAt TEXT NULL
) STRICT;

CREATE TABLE Post (
  Id TEXT NOT NULL CONSTRAINT PK_Post PRIMARY KEY,
  AccountId TEXT NOT NULL CONSTRAINT FK_Post_Account REFERENCES Account (Id),
  BodyId TEXT NOT NULL CONSTRAINT FK_Post_Body REFERENCES Body (Id),
  Role TEXT NOT NULL,
  ValidFrom TEXT NOT NULL,
  ValidTo TEXT NULL
) STRICT;
-- who am I: read at every request
CREATE INDEX IX_Post_Account ON Post (AccountId);
-- whom to tell: read at every alert
CREATE INDEX IX_Post_Body ON Post (BodyId, Role);

CREATE TABLE ApiKey (
  Id TEXT NOT NULL CONSTRAINT PK_ApiKey PRIMARY KEY,
  AccountId TEXT NOT NULL CONSTRAINT FK_ApiKey_Account REFERENCES Account (Id),
  Name TEXT NOT NULL,
  Hash TEXT NOT NULL CONSTRAINT UX_ApiKey_Hash UNIQUE,
  CreatedAt TEXT NOT NULL,
  ExpiresAt TEXT NULL,
  RevokedAt TEXT NULL
) STRICT;

-- ---------------------------------------------------------------- the law as it was loaded

CREATE TABLE Law (
  Kind TEXT NOT NULL,
  Name TEXT NOT NULL,
  Version INTEGER NOT NULL,
  Hash TEXT NOT NULL,
  Json TEXT NOT NULL,
  StoredAt TEXT NOT NULL,
  CONSTRAINT PK_Law PRIMARY KEY (Kind, Name, Version)
) STRICT;

CREATE TABLE Setting (
  Name TEXT NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- processes and events (append-only)

CREATE TABLE Process (
  Id TEXT NOT NULL CONSTRAINT PK_Process PRIMARY KEY,
  Command TEXT NOT NULL,
  ActorKind TEXT NOT NULL,
  ActorId TEXT NULL,
  ActorName TEXT NOT NULL,
  OnBehalfOf TEXT NULL,
  Reason TEXT NULL,
  At TEXT NOT NULL,
  TraceId TEXT NULL
) STRICT;

CREATE TABLE Event (
  Id TEXT NOT NULL CONSTRAINT PK_Event PRIMARY KEY,
  ProcessId TEXT NOT NULL CONSTRAINT FK_Event_Process REFERENCES Process (Id),
  Seq INTEGER NOT NULL,
  Type TEXT NOT NULL,
  DocumentId TEXT NULL,
  At TEXT NOT NULL,
  Bytes BLOB NOT NULL,
  Digest TEXT NOT NULL,
  CONSTRAINT UX_Event_Seq UNIQUE (ProcessId, Seq)
) STRICT;
-- the history of a document
CREATE INDEX IX_Event_Document ON Event (DocumentId, At);

CREATE TRIGGER TR_Process_NoUpdate BEFORE UPDATE ON Process BEGIN SELECT RAISE(ABORT, 'Process is append-only'); END;
CREATE TRIGGER TR_Process_NoDelete BEFORE DELETE ON Process BEGIN SELECT RAISE(ABORT, 'Process is append-only'); END;
CREATE TRIGGER TR_Event_NoUpdate BEFORE UPDATE ON Event BEGIN SELECT RAISE(ABORT, 'Event is append-only'); END;
CREATE TRIGGER TR_Event_NoDelete BEFORE DELETE ON Event BEGIN SELECT RAISE(ABORT, 'Event is append-only'); END;

-- ---------------------------------------------------------------- documents

CREATE TABLE Document (
  Id TEXT NOT NULL CONSTRAINT PK_Document PRIMARY KEY,
  Title TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Issuance TEXT NOT NULL,
  GovernmentId TEXT NOT NULL CONSTRAINT FK_Document_Government REFERENCES Body (Id),
  IssuingBodyId TEXT NOT NULL CONSTRAINT FK_Document_IssuingBody REFERENCES Body (Id),
  DraftingBodyId TEXT NOT NULL CONSTRAINT FK_Document_DraftingBody REFERENCES Body (Id),
  Origin TEXT NOT NULL,
  Stage TEXT NOT NULL,
  SubmittedBy TEXT NULL,
  CreatedAt TEXT NOT NULL,
  ClosedAt TEXT NULL
) STRICT;
-- the list of documents, newest first, of one government
CREATE INDEX IX_Document_Government ON Document (GovernmentId, CreatedAt);
-- the list of documents, newest first, of all; the search reads the titles in it
CREATE INDEX IX_Document_Created ON Document (CreatedAt, Id, Title);

-- Who has to do with a document: visibility is decided by this table alone.
CREATE TABLE DocumentParty (
  DocumentId TEXT NOT NULL CONSTRAINT FK_DocumentParty_Document REFERENCES Document (Id),
  BodyId TEXT NOT NULL CONSTRAINT FK_DocumentParty_Body REFERENCES Body (Id),
  Part TEXT NOT NULL,
  Since TEXT NOT NULL,
  -- the moment of the document, so that a body's list is read in its order
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_DocumentParty PRIMARY KEY (DocumentId, BodyId, Part)
) STRICT, WITHOUT ROWID;
-- the list of documents of a body, newest first
CREATE INDEX IX_DocumentParty_Body ON DocumentParty (BodyId, CreatedAt, DocumentId);

CREATE TABLE Material (
  Id TEXT NOT NULL CONSTRAINT PK_Material PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Material_Document REFERENCES Document (Id),
  Kind TEXT NOT NULL,
  FileName TEXT NOT NULL,
  MediaType TEXT NOT NULL,
  Size INTEGER NOT NULL,
  Sha256 TEXT NOT NULL,
  NotSecret INTEGER NOT NULL CONSTRAINT CK_Material_NotSecret CHECK (NotSecret = 1),
  AddedBy TEXT NOT NULL,
  AddedAt TEXT NOT NULL
) STRICT;
-- the materials of a document
CREATE INDEX IX_Material_Document ON Material (DocumentId, AddedAt);
-- the orphan collector
CREATE INDEX IX_Material_Sha256 ON Material (Sha256);

CREATE TABLE DocumentText (
  Id TEXT NOT NULL CONSTRAINT PK_DocumentText PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_DocumentText_Document REFERENCES Document (Id),
  No INTEGER NOT NULL,
  Purpose TEXT NOT NULL,
  Body TEXT NOT NULL,
  Digest TEXT NOT NULL,
  MaterialId TEXT NULL CONSTRAINT FK_DocumentText_Material REFERENCES Material (Id),
  AddedBy TEXT NOT NULL,
  AddedAt TEXT NOT NULL,
  CONSTRAINT UX_DocumentText_No UNIQUE (DocumentId, No)
) STRICT;
CREATE TRIGGER TR_DocumentText_NoUpdate BEFORE UPDATE ON DocumentText BEGIN SELECT RAISE(ABORT, 'DocumentText is append-only'); END;
CREATE TRIGGER TR_DocumentText_NoDelete BEFORE DELETE ON DocumentText BEGIN SELECT RAISE(ABORT, 'DocumentText is append-only'); END;

CREATE TABLE Fact (
  Id TEXT NOT NULL CONSTRAINT PK_Fact PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Fact_Document REFERENCES Document (Id),
  Kind TEXT NOT NULL,
  LegalDate TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  Value TEXT NULL,
  Source TEXT NOT NULL,
  SupersedesId TEXT NULL CONSTRAINT FK_Fact_Supersedes REFERENCES Fact (Id),
  ProcessId TEXT NOT NULL
) STRICT;
-- everything that is asked of a document starts here
CREATE INDEX IX_Fact_Document ON Fact (DocumentId, Kind);
-- 登记簿: the latest registration first, and its first and last year
CREATE INDEX IX_Fact_Registered ON Fact (LegalDate, DocumentId, Id) WHERE Kind = 'registered';
-- a fact is corrected once; the correction may be corrected in turn
CREATE UNIQUE INDEX UX_Fact_Supersedes ON Fact (SupersedesId) WHERE SupersedesId IS NOT NULL;
CREATE TRIGGER TR_Fact_NoUpdate BEFORE UPDATE ON Fact BEGIN SELECT RAISE(ABORT, 'Fact is append-only'); END;
CREATE TRIGGER TR_Fact_NoDelete BEFORE DELETE ON Fact BEGIN SELECT RAISE(ABORT, 'Fact is append-only'); END;

CREATE TABLE Citation (
  Id TEXT NOT NULL CONSTRAINT PK_Citation PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Citation_Document REFERENCES Document (Id),
  Title TEXT NULL,
  Number TEXT NULL,
  Relation TEXT NOT NULL,
  No INTEGER NOT NULL
) STRICT;
CREATE INDEX IX_Citation_Document ON Citation (DocumentId);

-- ---------------------------------------------------------------- cases and workflows

CREATE TABLE CaseFile (
  Id TEXT NOT NULL CONSTRAINT PK_CaseFile PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_CaseFile_Document REFERENCES Document (Id),
  ProfileId TEXT NOT NULL,
  ProfileVersion INTEGER NOT NULL,
  DefinitionId TEXT NOT NULL,
  DefinitionVersion INTEGER NOT NULL,
  StartedAt TEXT NOT NULL,
  ClosedAt TEXT NULL,
  Outcome TEXT NULL
) STRICT;
-- the case of a document
CREATE INDEX IX_CaseFile_Document ON CaseFile (DocumentId, StartedAt);

CREATE TABLE WorkflowInstance (
  Id TEXT NOT NULL CONSTRAINT PK_WorkflowInstance PRIMARY KEY,
  CaseId TEXT NOT NULL CONSTRAINT FK_WorkflowInstance_Case REFERENCES CaseFile (Id),
  DefinitionId TEXT NOT NULL,
  DefinitionVersion INTEGER NOT NULL,
  Host TEXT NOT NULL,
  ParentId TEXT NULL CONSTRAINT FK_WorkflowInstance_Parent REFERENCES WorkflowInstance (Id),
  ParentNode TEXT NULL,
  ParentVisit INTEGER NULL,
  Subject TEXT NULL,
  State TEXT NOT NULL,
  Status TEXT NOT NULL,
  Outcome TEXT NULL,
  Revision INTEGER NOT NULL,
  StartedAt TEXT NOT NULL,
  EndedAt TEXT NULL
) STRICT;
-- the running tree of a case
CREATE INDEX IX_WorkflowInstance_Case ON WorkflowInstance (CaseId);
-- the children of a waiting node
CREATE INDEX IX_WorkflowInstance_Parent ON WorkflowInstance (ParentId, ParentNode, ParentVisit) WHERE ParentId IS NOT NULL;

CREATE TABLE WorkflowStep (
  InstanceId TEXT NOT NULL CONSTRAINT FK_WorkflowStep_Instance REFERENCES WorkflowInstance (Id),
  Seq INTEGER NOT NULL,
  NodeId TEXT NOT NULL,
  Visit INTEGER NOT NULL,
  What TEXT NOT NULL,
  Outcomes TEXT NULL,
  At TEXT NOT NULL,
  ProcessId TEXT NOT NULL,
  CONSTRAINT PK_WorkflowStep PRIMARY KEY (InstanceId, Seq)
) STRICT, WITHOUT ROWID;

-- What a workflow waits for besides tasks: a limit, a signal.
CREATE TABLE Wait (
  InstanceId TEXT NOT NULL CONSTRAINT FK_Wait_Instance REFERENCES WorkflowInstance (Id),
  NodeId TEXT NOT NULL,
  Visit INTEGER NOT NULL,
  CaseId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Name TEXT NOT NULL,
  CONSTRAINT PK_Wait PRIMARY KEY (InstanceId, NodeId, Visit)
) STRICT, WITHOUT ROWID;
-- delivering a rung or a signal
CREATE INDEX IX_Wait_Case ON Wait (CaseId, Kind, Name);

CREATE TABLE Task (
  Id TEXT NOT NULL CONSTRAINT PK_Task PRIMARY KEY,
  CaseId TEXT NOT NULL CONSTRAINT FK_Task_Case REFERENCES CaseFile (Id),
  DocumentId TEXT NOT NULL,
  InstanceId TEXT NOT NULL CONSTRAINT FK_Task_Instance REFERENCES WorkflowInstance (Id),
  NodeId TEXT NOT NULL,
  Visit INTEGER NOT NULL,
  Code TEXT NOT NULL,
  Name TEXT NOT NULL,
  Role TEXT NOT NULL,
  Place TEXT NOT NULL,
  AnchorId TEXT NOT NULL CONSTRAINT FK_Task_Anchor REFERENCES Body (Id),
  LimitName TEXT NULL,
  State TEXT NOT NULL,
  -- whoever at the desk took it or had it handed over; the law knows the desk only
  HolderId TEXT NULL CONSTRAINT FK_Task_Holder REFERENCES Account (Id),
  HeldAt TEXT NULL,
  HandedOverBy TEXT NULL CONSTRAINT FK_Task_HandedOverBy REFERENCES Account (Id),
  HandoverNote TEXT NULL,
  RemindedOn TEXT NULL,
  OpenedAt TEXT NOT NULL,
  ClosedAt TEXT NULL,
  ClosedBy TEXT NULL,
  Outcome TEXT NULL,
  CONSTRAINT UX_Task_Node UNIQUE (InstanceId, NodeId, Visit)
) STRICT;
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
  AccountId TEXT NOT NULL CONSTRAINT FK_SavedForm_Account REFERENCES Account (Id),
  Form TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  Fields TEXT NOT NULL,
  SavedAt TEXT NOT NULL,
  CONSTRAINT PK_SavedForm PRIMARY KEY (AccountId, Form)
) STRICT, WITHOUT ROWID;

-- Files that a kept form refers to: they stay in the store until the form is sent or given up.
CREATE TABLE SavedFormFile (
  AccountId TEXT NOT NULL,
  Form TEXT NOT NULL,
  Sha256 TEXT NOT NULL,
  CONSTRAINT PK_SavedFormFile PRIMARY KEY (AccountId, Form, Sha256),
  CONSTRAINT FK_SavedFormFile_Form FOREIGN KEY (AccountId, Form) REFERENCES SavedForm (AccountId, Form)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- deadlines and alerts

CREATE TABLE Deadline (
  Id TEXT NOT NULL CONSTRAINT PK_Deadline PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Deadline_Document REFERENCES Document (Id),
  CaseId TEXT NOT NULL CONSTRAINT FK_Deadline_Case REFERENCES CaseFile (Id),
  Name TEXT NOT NULL,
  Label TEXT NOT NULL,
  FromFact TEXT NOT NULL,
  FromDate TEXT NOT NULL,
  UntilFact TEXT NOT NULL,
  Length INTEGER NULL,
  Unit TEXT NULL,
  DayKind TEXT NULL,
  RawEnd TEXT NULL,
  Due TEXT NULL,
  Provisional INTEGER NOT NULL,
  Projection INTEGER NOT NULL,
  Steps TEXT NOT NULL,
  Source TEXT NOT NULL,
  Confidence TEXT NOT NULL,
  Rungs TEXT NOT NULL,
  NextRungOn TEXT NULL,
  MetOn TEXT NULL,
  ClosedAt TEXT NULL,
  ClosedReason TEXT NULL
) STRICT;
-- the deadlines of a document
CREATE INDEX IX_Deadline_Document ON Deadline (DocumentId);
-- the sweep
CREATE INDEX IX_Deadline_NextRung ON Deadline (NextRungOn) WHERE ClosedAt IS NULL AND NextRungOn IS NOT NULL;
-- the overdue list
CREATE INDEX IX_Deadline_Due ON Deadline (Due) WHERE ClosedAt IS NULL AND Due IS NOT NULL;

CREATE TABLE Suspension (
  Id TEXT NOT NULL CONSTRAINT PK_Suspension PRIMARY KEY,
  DeadlineId TEXT NOT NULL CONSTRAINT FK_Suspension_Deadline REFERENCES Deadline (Id),
  FromDate TEXT NOT NULL,
  ToDate TEXT NULL,
  Reason TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Suspension_Deadline ON Suspension (DeadlineId);

-- One row a rung that fired: the primary key is what makes it fire once.
CREATE TABLE Rung (
  DeadlineId TEXT NOT NULL CONSTRAINT FK_Rung_Deadline REFERENCES Deadline (Id),
  Projection INTEGER NOT NULL,
  Days INTEGER NOT NULL,
  Outcome TEXT NOT NULL,
  FiredAt TEXT NOT NULL,
  Overtaken INTEGER NOT NULL,
  CONSTRAINT PK_Rung PRIMARY KEY (DeadlineId, Projection, Days)
) STRICT, WITHOUT ROWID;

CREATE TABLE Alert (
  Id TEXT NOT NULL CONSTRAINT PK_Alert PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Alert_Document REFERENCES Document (Id),
  DeadlineId TEXT NULL CONSTRAINT FK_Alert_Deadline REFERENCES Deadline (Id),
  Projection INTEGER NULL,
  Days INTEGER NULL,
  Notice TEXT NOT NULL,
  Level TEXT NOT NULL,
  Role TEXT NOT NULL,
  Place TEXT NOT NULL,
  AnchorId TEXT NOT NULL CONSTRAINT FK_Alert_Anchor REFERENCES Body (Id),
  Title TEXT NOT NULL,
  Body TEXT NOT NULL,
  RaisedAt TEXT NOT NULL,
  RaisedOn TEXT NOT NULL,
  WithdrawnAt TEXT NULL
) STRICT;
-- the alerts of a desk, newest first
CREATE INDEX IX_Alert_Desk ON Alert (AnchorId, Place, Role, RaisedAt);
-- the alerts of a document
CREATE INDEX IX_Alert_Document ON Alert (DocumentId, RaisedAt);

CREATE TABLE Outbox (
  Id TEXT NOT NULL CONSTRAINT PK_Outbox PRIMARY KEY,
  DeliveryKey TEXT NOT NULL CONSTRAINT UX_Outbox_Key UNIQUE,
  Channel TEXT NOT NULL,
  Payload TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  NextAttemptAt TEXT NULL,
  DeliveredAt TEXT NULL,
  LastError TEXT NULL
) STRICT;
-- what is still to deliver
CREATE INDEX IX_Outbox_Next ON Outbox (NextAttemptAt) WHERE DeliveredAt IS NULL;

-- ---------------------------------------------------------------- the steps of the law

CREATE TABLE Identification (
  Id TEXT NOT NULL CONSTRAINT PK_Identification PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Identification_Document REFERENCES Document (Id),
  Outcome TEXT NOT NULL,
  Ground TEXT NULL,
  Reason TEXT NOT NULL,
  DecidedOn TEXT NOT NULL,
  DecidedBy TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Identification_Document ON Identification (DocumentId);

CREATE TABLE Consultation (
  Id TEXT NOT NULL CONSTRAINT PK_Consultation PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Consultation_Document REFERENCES Document (Id),
  Audience TEXT NOT NULL,
  OpensOn TEXT NOT NULL,
  ClosesOn TEXT NOT NULL,
  Invited TEXT NOT NULL,
  Channel TEXT NOT NULL,
  ShortenedReason TEXT NULL,
  ClosedOn TEXT NULL
) STRICT;
CREATE INDEX IX_Consultation_Document ON Consultation (DocumentId);

CREATE TABLE ConsultationComment (
  Id TEXT NOT NULL CONSTRAINT PK_ConsultationComment PRIMARY KEY,
  ConsultationId TEXT NOT NULL CONSTRAINT FK_ConsultationComment_Consultation REFERENCES Consultation (Id),
  Author TEXT NOT NULL,
  Text TEXT NOT NULL,
  ReceivedOn TEXT NOT NULL,
  -- of a comment from the public pages: how its author can be reached, and the number of the confirmation
  Contact TEXT NULL,
  Reference TEXT NULL,
  Adoption TEXT NULL,
  AdoptionReason TEXT NULL,
  No INTEGER NULL
) STRICT;
CREATE INDEX IX_ConsultationComment_Consultation ON ConsultationComment (ConsultationId);
CREATE UNIQUE INDEX UX_ConsultationComment_Reference ON ConsultationComment (Reference) WHERE Reference IS NOT NULL;

CREATE TABLE LegalityReview (
  Id TEXT NOT NULL CONSTRAINT PK_LegalityReview PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_LegalityReview_Document REFERENCES Document (Id),
  Round INTEGER NOT NULL,
  TextId TEXT NOT NULL CONSTRAINT FK_LegalityReview_Text REFERENCES DocumentText (Id),
  ReceivedOn TEXT NOT NULL,
  ConcludedOn TEXT NULL,
  Reviewer TEXT NULL,
  Conclusion TEXT NULL,
  Summary TEXT NULL,
  ForbiddenChecked TEXT NULL,
  -- after an opinion that asks for amendments: the text that was handed in, and whether the opinion was followed in it
  AmendedTextId TEXT NULL CONSTRAINT FK_LegalityReview_AmendedText REFERENCES DocumentText (Id),
  Following TEXT NULL,
  FollowingOn TEXT NULL,
  Explanation TEXT NULL,
  Authority TEXT NULL,
  CONSTRAINT UX_LegalityReview_Round UNIQUE (DocumentId, Round)
) STRICT;

-- What a draft lacked when it was not taken in for review.
CREATE TABLE MissingItem (
  Id TEXT NOT NULL CONSTRAINT PK_MissingItem PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_MissingItem_Document REFERENCES Document (Id),
  Item TEXT NOT NULL,
  Reason TEXT NOT NULL,
  AskedOn TEXT NOT NULL,
  AskedBy TEXT NOT NULL,
  AskedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_MissingItem_Document ON MissingItem (DocumentId, AskedAt);

CREATE TABLE Finding (
  Id TEXT NOT NULL CONSTRAINT PK_Finding PRIMARY KEY,
  ReviewId TEXT NOT NULL CONSTRAINT FK_Finding_Review REFERENCES LegalityReview (Id),
  No INTEGER NOT NULL,
  Aspect TEXT NOT NULL,
  Article TEXT NULL,
  Forbidden TEXT NULL,
  Text TEXT NOT NULL,
  Binding INTEGER NOT NULL,
  Answer TEXT NULL,
  AnswerReason TEXT NULL,
  AnsweredBy TEXT NULL,
  Confirmed INTEGER NULL,
  ConfirmedBy TEXT NULL,
  ConfirmRemark TEXT NULL,
  CONSTRAINT UX_Finding_No UNIQUE (ReviewId, No)
) STRICT;

CREATE TABLE ReviewAspect (
  ReviewId TEXT NOT NULL CONSTRAINT FK_ReviewAspect_Review REFERENCES LegalityReview (Id),
  Aspect TEXT NOT NULL,
  Passed INTEGER NOT NULL,
  Remark TEXT NULL,
  CONSTRAINT PK_ReviewAspect PRIMARY KEY (ReviewId, Aspect)
) STRICT, WITHOUT ROWID;

CREATE TABLE Decision (
  Id TEXT NOT NULL CONSTRAINT PK_Decision PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Decision_Document REFERENCES Document (Id),
  No INTEGER NOT NULL,
  ReviewId TEXT NOT NULL CONSTRAINT FK_Decision_Review REFERENCES LegalityReview (Id),
  Mode TEXT NOT NULL,
  Meeting TEXT NULL,
  MeetingNumber TEXT NULL,
  HeldOn TEXT NOT NULL,
  Chair TEXT NOT NULL,
  Attendees TEXT NOT NULL,
  Absent TEXT NOT NULL,
  Dissent TEXT NULL,
  Outcome TEXT NOT NULL,
  Reason TEXT NULL,
  TextId TEXT NOT NULL CONSTRAINT FK_Decision_Text REFERENCES DocumentText (Id),
  Digest TEXT NOT NULL,
  -- what is approved: at once where it was adopted, after the changes were confirmed where it was adopted in principle
  ApprovedTextId TEXT NULL CONSTRAINT FK_Decision_ApprovedText REFERENCES DocumentText (Id),
  ApprovedDigest TEXT NULL,
  ApprovedOn TEXT NULL,
  ConfirmedBy TEXT NULL,
  RecordedBy TEXT NOT NULL,
  CONSTRAINT UX_Decision_No UNIQUE (DocumentId, No)
) STRICT;

CREATE TABLE Signature (
  Id TEXT NOT NULL CONSTRAINT PK_Signature PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Signature_Document REFERENCES Document (Id),
  Level INTEGER NOT NULL,
  LevelName TEXT NOT NULL,
  BodyId TEXT NOT NULL CONSTRAINT FK_Signature_Body REFERENCES Body (Id),
  Signer TEXT NOT NULL,
  -- the account, by which one who signs twice is known
  SignerId TEXT NULL,
  SignedOn TEXT NOT NULL,
  Digest TEXT NOT NULL,
  VoidedAt TEXT NULL,
  VoidReason TEXT NULL
) STRICT;
CREATE INDEX IX_Signature_Document ON Signature (DocumentId);

CREATE TABLE Publication (
  Id TEXT NOT NULL CONSTRAINT PK_Publication PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Publication_Document REFERENCES Document (Id),
  PublishedOn TEXT NOT NULL,
  Carrier TEXT NOT NULL,
  Place TEXT NULL,
  Official INTEGER NOT NULL,
  TextId TEXT NOT NULL CONSTRAINT FK_Publication_Text REFERENCES DocumentText (Id),
  Digest TEXT NOT NULL,
  RecordedBy TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Publication_Document ON Publication (DocumentId);

CREATE TABLE FilingCase (
  Id TEXT NOT NULL CONSTRAINT PK_FilingCase PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_FilingCase_Document REFERENCES Document (Id),
  InstanceId TEXT NOT NULL CONSTRAINT UX_FilingCase_Instance UNIQUE,
  TargetId TEXT NOT NULL CONSTRAINT FK_FilingCase_Target REFERENCES Body (Id),
  State TEXT NOT NULL,
  ReportNumber TEXT NULL,
  SentOn TEXT NULL,
  ReceivedOn TEXT NULL,
  RegisteredOn TEXT NULL,
  ReceiptNumber TEXT NULL,
  Note TEXT NULL
) STRICT;
CREATE INDEX IX_FilingCase_Document ON FilingCase (DocumentId);
-- the desk of the filing authority
CREATE INDEX IX_FilingCase_Target ON FilingCase (TargetId, State);

CREATE TABLE Evaluation (
  Id TEXT NOT NULL CONSTRAINT PK_Evaluation PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Evaluation_Document REFERENCES Document (Id),
  Conclusion TEXT NOT NULL,
  Report TEXT NOT NULL,
  ConcludedOn TEXT NOT NULL,
  RecordedBy TEXT NOT NULL
) STRICT;
CREATE INDEX IX_Evaluation_Document ON Evaluation (DocumentId);

-- What each published document is from one day to another, for the lists over all of them: derived from its facts whenever one is recorded, the days to
-- come included, so that nothing has to run for a document to lapse.
CREATE TABLE ValiditySpan (
  DocumentId TEXT NOT NULL CONSTRAINT FK_ValiditySpan_Document REFERENCES Document (Id),
  FromDate TEXT NOT NULL,
  ToDate TEXT NOT NULL,
  Status TEXT NOT NULL,
  -- 9999-12-31 where there is none
  LastValidDay TEXT NOT NULL,
  Published TEXT NOT NULL,
  PublishedYear INTEGER NOT NULL,
  IssuingBodyId TEXT NOT NULL CONSTRAINT FK_ValiditySpan_IssuingBody REFERENCES Body (Id),
  CONSTRAINT PK_ValiditySpan PRIMARY KEY (DocumentId, FromDate)
) STRICT, WITHOUT ROWID;
-- 公众查询: the newest first, and the figures beside its filters
CREATE INDEX IX_ValiditySpan_Published ON ValiditySpan (Published, DocumentId, FromDate, ToDate, Status, IssuingBodyId, PublishedYear);
-- 有效期: those whose last day comes first at the top
CREATE INDEX IX_ValiditySpan_Status ON ValiditySpan (Status, LastValidDay, DocumentId, FromDate, ToDate, Published);

-- What was entered of a document issued elsewhere, until somebody has checked it: its numbers stand in Number only from then on.
CREATE TABLE ElsewhereEntry (
  DocumentId TEXT NOT NULL CONSTRAINT PK_ElsewhereEntry PRIMARY KEY CONSTRAINT FK_ElsewhereEntry_Document REFERENCES Document (Id),
  Source TEXT NOT NULL,
  IssueNumber TEXT NULL,
  RegistrationNumber TEXT NULL,
  State TEXT NOT NULL,
  Findings TEXT NOT NULL,
  EnteredBy TEXT NOT NULL,
  CheckedOn TEXT NULL,
  CheckedBy TEXT NULL,
  Note TEXT NULL
) STRICT;

-- ---------------------------------------------------------------- numbers

CREATE TABLE Series (
  Id TEXT NOT NULL CONSTRAINT PK_Series PRIMARY KEY,
  Code TEXT NOT NULL CONSTRAINT UX_Series_Code UNIQUE,
  Kind TEXT NOT NULL,
  Pool TEXT NOT NULL,
  BodyId TEXT NOT NULL CONSTRAINT FK_Series_Body REFERENCES Body (Id),
  Pattern TEXT NOT NULL,
  Source TEXT NOT NULL
) STRICT;

CREATE TABLE SeriesYear (
  SeriesId TEXT NOT NULL CONSTRAINT FK_SeriesYear_Series REFERENCES Series (Id),
  Year INTEGER NOT NULL,
  Opening INTEGER NOT NULL,
  Next INTEGER NOT NULL,
  CONSTRAINT PK_SeriesYear PRIMARY KEY (SeriesId, Year)
) STRICT, WITHOUT ROWID;

CREATE TABLE Number (
  Id TEXT NOT NULL CONSTRAINT PK_Number PRIMARY KEY,
  SeriesId TEXT NOT NULL CONSTRAINT FK_Number_Series REFERENCES Series (Id),
  Year INTEGER NOT NULL,
  Serial INTEGER NOT NULL,
  Text TEXT NOT NULL CONSTRAINT UX_Number_Text UNIQUE,
  DocumentId TEXT NOT NULL CONSTRAINT FK_Number_Document REFERENCES Document (Id),
  IssuedOn TEXT NOT NULL,
  IssuedBy TEXT NOT NULL,
  VoidedOn TEXT NULL,
  VoidedBy TEXT NULL,
  VoidReason TEXT NULL,
  CONSTRAINT UX_Number_Serial UNIQUE (SeriesId, Year, Serial)
) STRICT;
-- the numbers of a document
CREATE INDEX IX_Number_Document ON Number (DocumentId);
CREATE TRIGGER TR_Number_NoDelete BEFORE DELETE ON Number BEGIN SELECT RAISE(ABORT, 'a number is never deleted'); END;
CREATE TRIGGER TR_Number_NoChange BEFORE UPDATE OF Id, SeriesId, Year, Serial, Text, DocumentId, IssuedOn, IssuedBy ON Number BEGIN SELECT RAISE(ABORT, 'a number never changes'); END;
CREATE TRIGGER TR_Number_NoRevival BEFORE UPDATE ON Number WHEN OLD.VoidedOn IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a void number stays void'); END;

-- ---------------------------------------------------------------- requests that must act once

CREATE TABLE Idempotency (
  Caller TEXT NOT NULL,
  RequestKey TEXT NOT NULL,
  RequestHash TEXT NOT NULL,
  Response TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_Idempotency PRIMARY KEY (Caller, RequestKey)
) STRICT;
-- forgetting after 30 days
CREATE INDEX IX_Idempotency_Created ON Idempotency (CreatedAt);
