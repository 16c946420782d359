using System.Security.Cryptography;
using System.Text;

namespace BatchXai.Coordinator.Access;

/// <summary>A key as its holder has it: <c>bxk_ID_SECRET</c>. The id may be told; of the secret, 256 random bits, only its hash is kept.</summary>
internal sealed class KeyText
{
    /// <summary>How every key begins, so that scanners of code and logs find one that was left lying about.</summary>
    public const string Prefix = "bxk_";

    private const int IdBytes = 6;
    private const int SecretBytes = 32;

    private KeyText(string id, string secret) => (Id, Text, Hash) = (id, $"{Prefix}{id}_{secret}", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))));

    /// <summary>The part that may be told.</summary>
    public string Id { get; }

    /// <summary>The whole key.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the secret, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Enough of the hash to tell two keys of one id apart.</summary>
    public string Mark => Hash[..16];

    /// <summary>A new key.</summary>
    public static KeyText Make() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads a key; null: it is none.</summary>
    public static KeyText? Parse(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].Split('_') is [{ Length: > 0 and <= 32 } id, { Length: 2 * SecretBytes } secret] && (id + secret).All(char.IsAsciiLetterOrDigit)
            ? new(id, secret)
            : null;

    /// <summary>Whether this is the key with that hash. It takes as long whether it is or not.</summary>
    public bool Has(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(hash));
}
