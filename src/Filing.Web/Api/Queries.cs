using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.FilingUp;
using Filing.Features.LegalityReview;
using Filing.Features.Portal;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Api;

/// <summary>Marks an endpoint with the query whose members are its parameters, for the OpenAPI document.</summary>
/// <param name="Query">The type of the query.</param>
internal sealed record QueryParameters(Type Query);

/// <summary>The questions that programs can ask, one line each. Members of a query come from the address: from the route, or after the question mark.</summary>
internal static class Queries
{
    public static void MapQueries(this RouteGroupBuilder api)
    {
        api.Get<WhoAmI, Me>("me", "我的账号与岗位");
        api.Get<ReadInbox, Inbox>("inbox", "待办");
        api.Get<CountsForDesk, DeskCounts>("inbox/counts", "待办与预警的件数");
        api.Get<ReadWaiting, IReadOnlyList<WaitingTask>>("inbox/waiting", "等待他人办理的事项");
        api.Get<ReadColleagues, IReadOnlyList<Colleague>>("documents/{documentId}/tasks/{taskId}/colleagues", "可以转交的同事");
        api.Get<ReadAlerts, AlertPage>("alerts", "预警");
        api.Get<ListDocuments, DocumentPage>("documents", "文件列表");
        api.Get<ReadDocument, DocumentView>("documents/{documentId}", "文件");
        api.Get<ReadReview, ReviewSheet>("documents/{documentId}/review", "合法性审查");
        api.Get<ReadAcceptance, AcceptanceSheet>("documents/{documentId}/acceptance", "受理前的材料核对");
        api.Get<ReadTextChanges, TextChanges>("documents/{documentId}/changes", "两个文本的差异");
        api.Get<ReadDecision, DecisionSheet>("documents/{documentId}/decision", "集体讨论与签发");
        api.Get<ReadDraftingDesk, DraftingDesk>("drafting/desk", "可送审的单位和制定机关");
        api.Get<ReadEntryDesk, DraftingDesk>("drafting/entry-desk", "可补录的单位和制定机关");
        api.Get<ReadDraftSheet, DraftSheet>("documents/{documentId}/draft", "送审材料与清单");
        api.Get<ReadConsultation, ConsultationSheet>("documents/{documentId}/consultations/{audience}", "征求意见与采纳情况");
        api.Get<ReadDocumentMaterial, MaterialLine>("documents/{documentId}/materials/{materialId}", "一件材料");
        api.Get<ReadEntry, EntryView>("documents/{documentId}/entry", "补录的内容");
        api.Get<ReadRegistrationForm, RegistrationForm>("documents/{documentId}/registration-form", "登记表");
        api.Get<ReadStatus, DocumentStatus>("documents/{documentId}/status", "某日的效力状态");
        api.Get<ReadRegister, RegisterPage>("register", "登记簿");
        api.Get<ReadRegisterChoices, RegisterChoices>("register/choices", "登记簿的筛选项");
        api.Get<ReadSeries, SeriesBook>("series", "编号序列");
        api.Get<CheckSeries, IReadOnlyList<SeriesVerdict>>("series/verdicts", "编号序列逐年核查：是否连续，作废的号码");
        api.Get<CountDocuments, DocumentCounts>("documents/counts", "文件列表各筛选的件数");
        api.Get<ReadProceedings, Proceedings>("documents/{documentId}/proceedings", "征求意见、引用、备案与文本");
        api.Get<ReadRelations, RelationSheet>("documents/{documentId}/relations", "与其他文件的关系");
        api.Get<ListDependents, DependentList>("dependents", "直接或间接以某件为依据的文件");
        api.Get<ReadActs, IReadOnlyList<DocumentAct>>("documents/{documentId}/acts", "可以办理的事项");
        api.Get<ReadValidity, ValidityPage>("validity", "有效期");
        api.Get<ListStatuses, StatusPage>("statuses", "各文件在某日的效力状态，按现在所知或当时所知");
        api.Get<ReadBoard, Board>("board", "监督看板");
        api.Get<ReadDeadlines, DeadlinePage>("deadlines", "期限清单");
        api.Get<ReadFilingDuties, FilingDutyPage>("filings/duties", "报备清单");
        api.Get<ReadBodies, IReadOnlyList<BodyLine>>("bodies", "机关");
        api.Get<ReadAccounts, AccountPage>("accounts", "账号");
        api.Get<ReadAccount, AccountLine>("accounts/{login}", "一个账号");
        api.Get<ReadRules, IReadOnlyList<RulesLine>>("rules/profiles", "规则包");
        api.Get<ReadRuleSheet, RuleComparison>("rules/profiles/{id}/{version}", "规则包全文，可与另一规则包对照");
        api.Get<ReadFlows, IReadOnlyList<FlowLine>>("rules/flows", "流程定义与在办件");
        api.Get<ReadCalendar, CalendarSheet>("rules/calendar", "日历");
        api.Get<ReadMove, CasesMoved>("rules/moves", "试算改用新版流程");
        api.Get<ReadPublicDocuments, PublicPage>("public/documents", "已公布的文件");
        api.Get<ReadPublicDocument, PublicDocument>("public/documents/{documentId}", "一份已公布的文件");
        api.Get<ReadPublicConsultations, IReadOnlyList<PublicConsultation>>("public/consultations", "正在公开征求意见的草案");
        api.Get<ReadPublicConsultation, PublicDraft>("public/consultations/{consultationId}", "一份征求意见稿");
        api.Get<ReadCommentReceipt, CommentReceipt>("public/consultations/{consultationId}/comments/{reference}", "意见回执");
        api.Get<ReadNumberingBodies, IReadOnlyList<NumberingBody>>("series/bodies", "可以启用编号序列的机关");
        api.Get<ReadTextClauses, IReadOnlyList<Features.Drafting.Intake.Proposed<Features.Drafting.Intake.TermClause>>>("documents/{documentId}/clauses", "正文中的施行和有效期条款");
        api.Get<ReadFiling, FilingSheet>("documents/{documentId}/filing", "报送备案");
        api.Get<ListFilings, FilingPage>("filings", "报备台账");
        api.Get<ReadDueSoon, DeadlinePage>("deadlines/due-soon", "将到期清单");
        api.Get<ReadOverdue, DeadlinePage>("deadlines/overdue", "逾期清单");
        api.Get<ReadUnknownFilings, UnknownFilingPage>("filings/unknown", "报备情况不明的补录文件");
    }

    private static void Get<TQuery, T>(this RouteGroupBuilder api, string route, string summary)
        where TQuery : IQuery<T>
    {
        api.Operation(HttpMethods.Get, route, Kebab.Case(typeof(TQuery).Name), summary, typeof(TQuery).Namespace!.Split('.').Last(), typeof(T), AskAsync<TQuery, T>)
            .WithMetadata(new QueryParameters(typeof(TQuery)));
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> AskAsync<TQuery, T>(HttpContext context)
        where TQuery : IQuery<T>
    {
        if (!Read<TQuery>(context.Request).TryGet(out var query, out var error)) return Problems.Of(context, error);
        return (await context.Mediator().Send(query, context.RequestAborted)).TryGet(out var answer, out error) ? Results.Json(answer, Json.Options) : Problems.Of(context, error);
    }

    /// <summary>Puts a query together from an address; an unknown, missing or unreadable member is named.</summary>
    internal static Result<T> Read<T>(HttpRequest request)
    {
        var members = Json.Options.GetTypeInfo(typeof(T)).Properties.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var json = new JsonObject();
        foreach (var (name, values) in request.RouteValues.Select(v => (v.Key, new string?[] { v.Value?.ToString() })).Concat(request.Query.Select(q => (q.Key, q.Value.ToArray()))))
        {
            if (!members.TryGetValue(name, out var member)) return Error.Invalid("query.unknown", $"没有名为“{name}”的查询条件；可用的有：{string.Join("、", members.Keys)}。", name);
            if (!Value(member, values).TryGet(out var value, out var error)) return error;
            json[member.Name] = value;
        }

        try
        {
            return json.Deserialize<T>(Json.Options) is { } query ? query : Error.Invalid("query.unreadable", "查询条件有误。");
        }
        catch (JsonException e)
        {
            var (message, field) = Json.Explain(e);
            return Error.Invalid("query.unreadable", $"查询条件有误{(field is null ? "" : $"（{field}）")}：{message}。", field);
        }
    }

    private static Result<JsonNode> Value(JsonPropertyInfo member, string?[] values)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable))) return new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        if (values is not [{ } text]) return Error.Invalid("query.unreadable", $"查询条件“{member.Name}”只能给一个值。", member.Name);
        if (type == typeof(bool)) return bool.TryParse(text, out var yes) ? JsonValue.Create(yes) : Unreadable(member);
        if (type == typeof(int) || type == typeof(long)) return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : Unreadable(member);
        return JsonValue.Create(text);
    }

    private static Error Unreadable(JsonPropertyInfo member) => Error.Invalid("query.unreadable", $"查询条件“{member.Name}”的值不可用。", member.Name);
}
