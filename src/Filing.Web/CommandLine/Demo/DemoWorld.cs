using Filing.Domain;
using Filing.Features.Administration;

namespace Filing.Web.CommandLine.Demo;

/// <summary>A government of the demonstration, with the logins of those who sit there.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Letters">The 机关代字 of its issue numbers.</param>
internal sealed record DemoGovernment(string Code, string Name, string Letters)
{
    /// <summary>The login of a role there.</summary>
    public string Login(string role) => Code == "CZ" ? role : $"{role}-{Code.ToLowerInvariant()}";

    /// <summary>The place that it governs: 桂阳县.</summary>
    public string Place => Name[..^"人民政府".Length];

    /// <summary>How its papers call the place: 本市, 本县, 本区.</summary>
    public char Rank => Place[^1];

    /// <summary>What its head is called.</summary>
    public string Head => $"{Rank}长";
}

/// <summary>郴州市, the province above it, its districts and counties, and its departments. The people are made up.</summary>
internal static class DemoWorld
{
    /// <summary>The password of every demonstration account.</summary>
    public const string Password = "filing-demo";

    public static readonly DemoGovernment City = new("CZ", "郴州市人民政府", "郴政发");

    public static readonly DemoGovernment[] Counties =
    [
        new("BH", "郴州市北湖区人民政府", "郴北政发"), new("SX", "郴州市苏仙区人民政府", "郴苏政发"), new("GY", "桂阳县人民政府", "桂政发"), new("YZ", "宜章县人民政府", "宜政发"),
        new("YX", "永兴县人民政府", "永政发"), new("JH", "嘉禾县人民政府", "嘉政发"), new("LW", "临武县人民政府", "临政发"), new("RC", "汝城县人民政府", "汝政发"),
        new("GD", "桂东县人民政府", "桂东政发"), new("AR", "安仁县人民政府", "安政发"), new("ZX", "资兴市人民政府", "资政发"),
    ];

    private static readonly DateOnly Since = new(2019, 1, 1);

    private static readonly string[] DivisionCodes = ["431002", "431003", "431021", "431022", "431023", "431024", "431025", "431026", "431027", "431028", "431081"];

    /// <summary>Enters the bodies and people.</summary>
    /// <param name="send">Sends a command as the operator.</param>
    public static async Task BuildAsync(DemoSender send)
    {
        _names = 0;
        await send.AsOperatorAsync(new EstablishBody("HN", "湖南省人民政府", BodyKind.Government, Since, DivisionCode: "430000"));
        await send.AsOperatorAsync(new EstablishBody("HN-SFT", "湖南省司法厅", BodyKind.LegalOffice, Since, "HN"));
        await PersonAsync(send, "receiver-hn", "谭立新", "HN-SFT", Role.Receiver, Role.Supervisor);
        await GovernmentAsync(send, City, "431000", "HN", "郴州市司法局");
        foreach (var (county, i) in Counties.Select((c, i) => (c, i))) await GovernmentAsync(send, county, DivisionCodes[i], "CZ", county.Name.Replace("人民政府", "司法局", StringComparison.Ordinal));
        foreach (var department in DemoDepartment.All)
        {
            await send.AsOperatorAsync(new EstablishBody(department.Code, department.Name, BodyKind.Department, Since, "CZ"));
            await PersonAsync(send, department.Login("drafter"), Name(), department.Code, Role.Drafter);
            await PersonAsync(send, department.Login("legal"), Name(), department.Code, Role.DepartmentLegal);
            await PersonAsync(send, department.Login("deputy"), Name(), department.Code, Role.Signer);
            await PersonAsync(send, department.Login("head"), Name(), department.Code, Role.Signer);
            await PersonAsync(send, department.Login("office"), Name(), department.Code, Role.Secretary);
        }

        await PersonAsync(send, "rule-keeper", Name(), "CZ-SFJ", Role.RuleKeeper);
        await PersonAsync(send, "administrator", "系统管理员", "CZ", Role.Administrator);
        await PersonAsync(send, "security", "安全保密管理员", "CZ", Role.SecurityOfficer);
        await PersonAsync(send, "auditor", "安全审计员", "CZ", Role.Auditor);
    }

    private static async Task GovernmentAsync(DemoSender send, DemoGovernment government, string division, string parent, string legalOffice)
    {
        var (office, legal) = ($"{government.Code}-BGS", $"{government.Code}-SFJ");
        await send.AsOperatorAsync(new EstablishBody(government.Code, government.Name, BodyKind.Government, Since, parent, DivisionCode: division));
        await send.AsOperatorAsync(new EstablishBody(office, government.Name + "办公室", BodyKind.GovernmentOffice, Since, government.Code));
        await send.AsOperatorAsync(new EstablishBody(legal, legalOffice, BodyKind.LegalOffice, Since, government.Code));
        await PersonAsync(send, government.Login("drafter"), Name(), office, Role.Drafter);
        await PersonAsync(send, government.Login("legal"), Name(), office, Role.DepartmentLegal);
        await PersonAsync(send, government.Login("secretary"), Name(), office, Role.Secretary);
        await PersonAsync(send, government.Login("publisher"), Name(), office, Role.Publisher, Role.Filer);
        await PersonAsync(send, government.Login("reviewer"), Name(), legal, Role.Reviewer);
        await PersonAsync(send, government.Login("registrar"), Name(), legal, Role.Registrar);
        await PersonAsync(send, government.Login("supervisor"), Name(), legal, Role.Supervisor, Role.Receiver);
        await PersonAsync(send, government.Login("vice-mayor"), Name(), government.Code, Role.Signer);
        await PersonAsync(send, government.Login("mayor"), Name(), government.Code, Role.Signer);
    }

    private static async Task PersonAsync(DemoSender send, string login, string name, string body, params Role[] roles)
    {
        await send.AsOperatorAsync(new CreateAccount(login, name, Email: $"{login}@example.invalid"));
        foreach (var role in roles) await send.AsOperatorAsync(new GivePost(login, body, role, Since));
    }

    private static int _names;

    private static string Name()
    {
        const string Family = "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁";
        string[] given = ["志强", "晓燕", "建国", "丽华", "海涛", "文静", "国平", "春梅", "立军", "玉兰", "明辉", "小红"];
        var n = _names++;
        // Nobody is called like another before all names are used up.
        return $"{Family[n % Family.Length]}{given[(n / Family.Length + n % Family.Length * 5) % given.Length]}";
    }
}
