using Filing.Domain;
using Filing.Features.Administration;

namespace Filing.Tests.Support;

/// <summary>
/// Who there is in the tests: Hunan above Chenzhou, Chenzhou with its office, its legal office and two departments, and one person at
/// each desk, named for the role. Logins of the finance bureau end in <c>-finance</c>, of the province in <c>-province</c>.
/// </summary>
internal static class World
{
    public const string Province = "HN";
    public const string ProvinceLegal = "HN-FZB";
    public const string City = "CZ";
    public const string CityOffice = "CZ-BGS";
    public const string CityLegal = "CZ-FZB";
    public const string Housing = "CZ-ZJJ";
    public const string Finance = "CZ-CZJ";

    public static async Task BuildAsync(IPeople register)
    {
        var from = new DateOnly(2000, 1, 1);
        await register.Send(null, new EstablishBody(Province, "湖南省人民政府", BodyKind.Government, from, DivisionCode: "430000"));
        await register.Send(null, new EstablishBody(ProvinceLegal, "湖南省人民政府法制办公室", BodyKind.LegalOffice, from, Province));
        await register.Send(null, new EstablishBody(City, "郴州市人民政府", BodyKind.Government, from, Province, DivisionCode: "431000"));
        await register.Send(null, new EstablishBody(CityOffice, "郴州市人民政府办公室", BodyKind.GovernmentOffice, from, City));
        await register.Send(null, new EstablishBody(CityLegal, "郴州市人民政府法制办公室", BodyKind.LegalOffice, from, City));
        await register.Send(null, new EstablishBody(Housing, "郴州市住房和城乡建设局", BodyKind.Department, from, City));
        await register.Send(null, new EstablishBody(Finance, "郴州市财政局", BodyKind.Department, from, City));
        (string Login, string Name, string Body, Role Role)[] people =
        [
            ("drafter", "起草人甲", Housing, Role.Drafter), ("department-legal", "法制员甲", Housing, Role.DepartmentLegal),
            ("secretary-housing", "局办秘书", Housing, Role.Secretary), ("signer-housing", "住建局局长", Housing, Role.Signer),
            ("signer-housing-deputy", "住建局副局长", Housing, Role.Signer),
            ("drafter-finance", "起草人乙", Finance, Role.Drafter), ("department-legal-finance", "法制员乙", Finance, Role.DepartmentLegal),
            ("signer-finance", "财政局局长", Finance, Role.Signer),
            ("reviewer", "审查员甲", CityLegal, Role.Reviewer), ("registrar", "登记员甲", CityLegal, Role.Registrar),
            ("supervisor", "监督员甲", CityLegal, Role.Supervisor),
            ("secretary", "会务秘书甲", CityOffice, Role.Secretary), ("publisher", "公布员甲", CityOffice, Role.Publisher), ("filer", "报备员甲", CityOffice, Role.Filer),
            ("signer", "市长", City, Role.Signer), ("signer-deputy", "分管副市长", City, Role.Signer),
            ("drafter-office", "起草人丙", CityOffice, Role.Drafter), ("department-legal-office", "法制员丙", CityOffice, Role.DepartmentLegal),
            ("receiver-province", "接收员甲", ProvinceLegal, Role.Receiver), ("supervisor-province", "监督员乙", ProvinceLegal, Role.Supervisor),
            ("administrator", "系统管理员", City, Role.Administrator), ("security", "安全保密管理员", City, Role.SecurityOfficer), ("auditor", "安全审计员", City, Role.Auditor),
        ];
        foreach (var (login, name, body, role) in people)
        {
            register.Knows(login, await register.Send(null, new CreateAccount(login, name, Email: $"{login}@example.test")));
            await register.Send(null, new GivePost(login, body, role, from));
        }
    }
}
