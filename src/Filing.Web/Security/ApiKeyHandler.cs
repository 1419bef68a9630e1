using System.Text.Encodings.Web;
using Filing.Features.Administration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Filing.Web.Security;

/// <summary>
/// <c>Authorization: Bearer &lt;key&gt;</c>: a program in the name of an account. A key is found by its hash; an unknown, revoked or expired one is
/// refused, never taken for the public.
/// </summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Accounts accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("no key");
        var key = await accounts.ByKeyAsync(ApiKeyText.Hash(header[Prefix.Length..].Trim()), Context.RequestAborted);
        if (key is null || key.ExpiresAt <= TimeProvider.GetUtcNow()) return AuthenticateResult.Fail("unknown key");
        return AuthenticateResult.Success(new(Sessions.Principal(Setup.Key, key.AccountId, key.Name), Setup.Key));
    }
}
