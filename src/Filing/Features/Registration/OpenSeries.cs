using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>
/// 启用编号序列: states the number with which a series of a year begins here, before the first one is given: what lies below it was given before this
/// register. A year that nobody opens begins with 1, or after the highest number that was entered.
/// </summary>
/// <param name="Body">Code of the body.</param>
/// <param name="Year">The year.</param>
/// <param name="Opening">The first serial that is given here.</param>
/// <param name="Reason">Where the serial is known from, e.g. the ledger and its last number.</param>
/// <param name="Kind">Which numbers.</param>
[Verb("open-series", "启用编号序列")]
[Needs(Function.OpenSeries)]
public sealed record OpenSeries(string Body, int Year, int Opening, string Reason, NumberKind Kind = NumberKind.Registration) : ICommand<Done>, IReasoned;

internal sealed class OpenSeriesValidator : AbstractValidator<OpenSeries>
{
    public OpenSeriesValidator()
    {
        RuleFor(c => c.Opening).InclusiveBetween(1, NumberPattern.MaxSerial).WithMessage($"起始号应为 1 至 {NumberPattern.MaxSerial}。");
        RuleFor(c => c.Year).InclusiveBetween(1949, 2099).WithMessage("年份应为 1949 至 2099。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明起始号的依据，例如原登记簿的最后一号。");
        RuleFor(c => c.Kind).NotEqual(NumberKind.FilingReceipt).WithMessage("备案登记号由备案机关编排。");
    }
}

internal sealed class OpenSeriesHandler(Work work, Laws laws) : IRequestHandler<OpenSeries, Result<Done>>
{
    public async Task<Result<Done>> Handle(OpenSeries command, CancellationToken cancellationToken)
    {
        if (!(await BodyRow.ByCodeAsync(work, command.Body, "body")).TryGet(out var body, out var error)) return error;
        if (await BodyRow.GovernmentOfAsync(work, body) is not { } government) return Error.Invalid("document.no-government", $"“{body.Name}”不隶属于任何政府。", "body");
        if (work.Actor.Kind == ActorKind.Person && !work.Desks.Contains(new(Role.Registrar, DeskPlace.LegalOffice, government.Id)))
            return Error.Forbidden("只能启用本级政府的编号序列。");
        if (laws.ProfileFor(government.DivisionCode ?? "", work.Today) is not { } profile) return Error.Refused("profile.none", $"没有适用于“{government.Name}”的规则，请规则管理员补充。");
        if (NumberSeries.PoolOf(profile, command.Kind) != NumberPool.Owned) return Error.Refused("series.external", "这种编号由办公系统编排，不在本系统设起始号。");
        if (!(await NumberSeries.OwnedAsync(work, profile, command.Kind, body.Id)).TryGet(out var series, out error)) return error;
        var highest = await NumberBook.HighestAsync(work, series.Id, command.Year);
        if (command.Opening <= highest)
            return Error.Refused("series.opening-taken", $"{command.Year}年已有第 {highest} 号，起始号应大于 {highest}。");
        if (await NumberBook.OpenAsync(work, series, command.Year, command.Opening, command.Reason)) return Done.It;
        var moved = await work.Db.ExecuteAsync(
            """
            -- Registration/OpenSeries: move the opening of a year in which nothing was given yet
            UPDATE SeriesYear SET Opening = @Opening, Next = @Opening WHERE SeriesId = @Id AND Year = @Year AND Next = Opening
            """,
            new { series.Id, command.Year, command.Opening });
        if (moved == 0) return Error.Refused("series.begun", $"{command.Year}年已开始编号，起始号不能再改。");
        work.Record(new SeriesOpened(series.Code, command.Year, command.Opening, command.Reason));
        return Done.It;
    }
}
