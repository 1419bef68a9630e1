using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 改按新版流程办理: running workflows of a definition go on in a newer version of it, one or all. Without <see cref="Digest"/> nothing is done: the answer lists
/// what would change for whom, with the digest of that list. With it, just that is done, or it is refused as <c>move.stale</c>. What Elsa walked so far is taken
/// back: the built-in runner goes on with it.
/// </summary>
/// <param name="To">The version to which they go; newer than theirs, or their own, where it is only to take back what Elsa walks.</param>
/// <param name="Reason">Why; it stands in the history of each document.</param>
/// <param name="Instance">The one workflow instance; null with <paramref name="Definition"/>.</param>
/// <param name="Definition">The definition, all of whose running instances go; null with <paramref name="Instance"/>.</param>
/// <param name="From">With <paramref name="Definition"/>, only those of this version; null takes every older one. The same as <paramref name="To"/> takes those that Elsa walks.</param>
/// <param name="Map">Nodes of the old version at which a case waits, by id, with the id of the node of the new one. A node that is not named becomes the one of its own id.</param>
/// <param name="Begin">Nodes of the new version, by id, at which a case waits besides from then on: branches that the old version did not have.</param>
/// <param name="Digest">The digest of the list that was confirmed; null lists and does nothing.</param>
/// <param name="After">Goes on after this instance: a list has 500 at most.</param>
[Verb("move-case", "改按新版流程办理")]
[Needs(Function.KeepRules)]
public sealed record MoveCase(
    int To, string Reason, Guid? Instance = null, string? Definition = null, int? From = null, IReadOnlyDictionary<string, string>? Map = null,
    IReadOnlyList<string>? Begin = null, string? Digest = null, Guid? After = null) : ICommand<CasesMoved>, IReasoned
{
    internal MoveQuestion Question => new(To, Instance, Definition, From, Map ?? new Dictionary<string, string>(), Begin ?? [], After);
}

/// <summary>试算改用新版流程: what <see cref="MoveCase"/> would change, for whom, and the digest that it wants to see. The members are those of the command.</summary>
/// <param name="To">The version to which they go.</param>
/// <param name="Instance">The one workflow instance.</param>
/// <param name="Definition">The definition, all of whose running instances go.</param>
/// <param name="From">With <paramref name="Definition"/>, only those of this version.</param>
/// <param name="Map">Nodes of both versions, written <c>old=new</c>.</param>
/// <param name="Begin">Nodes of the new version at which a case waits besides from then on.</param>
/// <param name="After">Goes on after this instance.</param>
[Needs(Function.KeepRules)]
public sealed record ReadMove(
    int To, Guid? Instance = null, string? Definition = null, int? From = null, IReadOnlyList<string>? Map = null, IReadOnlyList<string>? Begin = null, Guid? After = null)
    : IQuery<CasesMoved>
{
    internal MoveQuestion Question => new(To, Instance, Definition, From, MapOf(Map ?? []), Begin ?? [], After);

    /// <summary>What <see cref="MoveCase.Map"/> is for pairs such as these; of two for one node, the later.</summary>
    /// <param name="pairs">Nodes of both versions, written <c>old=new</c>.</param>
    public static IReadOnlyDictionary<string, string> MapOf(IReadOnlyList<string> pairs) =>
        pairs.Select(p => p.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(p => p.Key, p => p.Last()[^1]);
}

/// <summary>What moving came to, or would.</summary>
/// <param name="Moved">How many were moved; 0 where it was only asked.</param>
/// <param name="Digest">The digest of the list.</param>
/// <param name="Cases">What changes for each; those that cannot be moved say why and stay as they are.</param>
/// <param name="Next">Where the next list goes on; null when this was the last.</param>
public sealed record CasesMoved(int Moved, string Digest, IReadOnlyList<CaseMove> Cases, Guid? Next);

internal sealed class MoveCaseValidator : AbstractValidator<MoveCase>
{
    public MoveCaseValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明改用新版流程的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
        RuleFor(c => c.Instance).Must((c, one) => one is null != c.Definition is null).WithErrorCode("move.which").WithMessage("请指明一个流程实例，或一个流程定义，二者择一。");
        RuleFor(c => c.To).GreaterThan(0).WithMessage("新版本号应大于 0。");
    }
}

internal sealed class ReadMoveValidator : AbstractValidator<ReadMove>
{
    public ReadMoveValidator()
    {
        RuleFor(c => c.Instance).Must((c, one) => one is null != c.Definition is null).WithErrorCode("move.which").WithMessage("请指明一个流程实例，或一个流程定义，二者择一。");
        RuleFor(c => c.To).GreaterThan(0).WithMessage("新版本号应大于 0。");
        RuleForEach(c => c.Map).Must(m => m.Split('=') is [{ Length: > 0 }, { Length: > 0 }]).WithErrorCode("move.map").WithMessage("对应关系应写成 原环节=新环节。");
        RuleFor(c => c.Map).Must(m => m is null || MapTwice(m) is null).WithErrorCode("move.map").WithMessage(c => $"环节“{MapTwice(c.Map!)}”写了两次对应关系。");
    }

    private static string? MapTwice(IReadOnlyList<string> map) => map.Select(m => m.Split('=')[0]).GroupBy(m => m).FirstOrDefault(m => m.Count() > 1)?.Key;
}

internal sealed class ReadMoveHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<ReadMove, Result<CasesMoved>>
{
    public async Task<Result<CasesMoved>> Handle(ReadMove query, CancellationToken cancellationToken) =>
        (await new MoveList(work, laws, flow, deadlines).ReadAsync(query.Question)).TryGet(out var list, out var error) ? list.Answer(0) : error;
}

internal sealed class MoveCaseHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<MoveCase, Result<CasesMoved>>
{
    public async Task<Result<CasesMoved>> Handle(MoveCase command, CancellationToken cancellationToken)
    {
        if (!(await new MoveList(work, laws, flow, deadlines).ReadAsync(command.Question)).TryGet(out var list, out var error)) return error;
        if (command.Digest is null) return list.Answer(0);
        if (command.Digest != list.Digest) return Error.Conflict("move.stale", "试算之后，在办件的情况已经变化，没有改动任何文件。请重新试算，核对后再确认。") with { Field = "digest" };
        if (list.Plans.Count == 0) return list.Cases.Count == 0 ? Error.Refused("move.none", "没有需要改用这一版本的在办件。") : list.Cases[0].Refused!.AsError();
        foreach (var planned in list.Plans)
        {
            if (await flow.MoveAsync(planned) is { } refused) return refused;
        }

        return list.Answer(list.Plans.Count);
    }
}
