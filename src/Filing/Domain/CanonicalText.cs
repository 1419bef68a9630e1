using System.Security.Cryptography;
using System.Text;

namespace Filing.Domain;

/// <summary>The canonical form of a body text.</summary>
public sealed record CanonicalText(string Body)
{
    /// <summary>The canonical form of a text.</summary>
    public static CanonicalText From(string text) => new(text.Normalize());

    /// <summary>The digest, <c>sha256:</c> and hex.</summary>
    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
}
