using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>设立机关: enters a body in the tree.</summary>
/// <param name="Code">Short stable code, e.g. <c>CZ-FZB</c>.</param>
/// <param name="Name">Full name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">First day in being.</param>
/// <param name="Parent">Code of the body above it; null at the top.</param>
/// <param name="ShortName">Short name; the full one when absent.</param>
/// <param name="DivisionCode">GB/T 2260 code; governments need one.</param>
/// <param name="CreditCode">统一社会信用代码.</param>
[Verb("establish-body", "设立机关")]
[Needs(Function.ManageAccounts)]
public sealed record EstablishBody(
    string Code, string Name, BodyKind Kind, DateOnly From, string? Parent = null, string? ShortName = null, string? DivisionCode = null, string? CreditCode = null)
    : ICommand<Guid>;

internal sealed class EstablishBodyValidator : AbstractValidator<EstablishBody>
{
    public EstablishBodyValidator()
    {
        RuleFor(c => c.Code).Matches("^[A-Za-z0-9-]{1,40}$").WithMessage("机关代码只能用字母、数字和连字符。");
        RuleFor(c => c.Name).NotEmpty().WithMessage("请填写机关名称。").MaximumLength(100).WithMessage("机关名称不能超过 100 字。");
        RuleFor(c => c.DivisionCode).NotEmpty().When(c => c.Kind == BodyKind.Government).WithMessage("人民政府须填写行政区划代码。");
        RuleFor(c => c.DivisionCode).Must(c => c is null || (c.Length == 6 && c.All(char.IsAsciiDigit))).WithMessage("行政区划代码应为 6 位数字。");
        RuleFor(c => c.Parent).NotEmpty().When(c => c.Kind != BodyKind.Government).WithMessage("请填写上级机关。");
    }
}

internal sealed class EstablishBodyHandler(Work work) : IRequestHandler<EstablishBody, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(EstablishBody command, CancellationToken cancellationToken)
    {
        Guid? parentId = null;
        if (command.Parent is { } parent)
        {
            if (!(await Bodies.IdAsync(work, parent, "parent")).TryGet(out var id, out var error)) return error;
            parentId = id;
        }

        var bodyId = Work.NewId();
        var inserted = await work.Db.InsertIfAbsentAsync(
            "Body", ["Code"], ["Id", "Name", "ShortName", "Kind", "ParentId", "DivisionCode", "CreditCode", "ValidFrom"],
            new
            {
                command.Code,
                Id = bodyId,
                command.Name,
                ShortName = command.ShortName ?? command.Name,
                Kind = Kebab.Of(command.Kind),
                ParentId = parentId,
                command.DivisionCode,
                command.CreditCode,
                ValidFrom = command.From,
            });
        if (!inserted) return Error.Conflict("body.code-taken", $"机关代码“{command.Code}”已被使用。");
        work.Record(new BodyEstablished(bodyId, command.Code, command.Name, command.Kind, command.From));
        return bodyId;
    }
}

internal static class Bodies
{
    public static async Task<Result<Guid>> IdAsync(Work work, string code, string field) => await work.Db.ScalarAsync<Guid?>(
        """
        -- Administration/EstablishBody: a body by its code
        SELECT Id FROM Body WHERE Code = @code
        """,
        new { code }) is { } id ? id : Error.Invalid("body.unknown", $"没有代码为“{code}”的机关。", field);
}
