using System.Globalization;
using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Storage;

namespace BatchXai.Coordinator.Front.Keys;

/// <summary>The form that asks for a key, as it was filled.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="ExpiresInDays">For how long; empty: until it is revoked.</param>
public sealed record NewKeyForm(string Name = "", string Scope = "viewer", string ExpiresInDays = "90")
{
    /// <summary>The words for scopes.</summary>
    public static IReadOnlyDictionary<string, KeyScope> Scopes { get; } = Enum.GetValues<KeyScope>().ToDictionary(scope => scope.ToString().ToLowerInvariant());

    /// <summary>The key that it asks for.</summary>
    /// <exception cref="UserErrorException">There can be no such key; all problems are named.</exception>
    internal NewKey Read()
    {
        List<string> problems = [];
        if (!Scopes.TryGetValue(Scope, out var scope))
        {
            problems.Add($"scope: '{Shown.Text(Scope)}'. Expected one of {string.Join(", ", Scopes.Keys)}.");
        }

        var days = 0;
        if (ExpiresInDays.Length > 0 && !int.TryParse(ExpiresInDays, NumberStyles.None, CultureInfo.InvariantCulture, out days))
        {
            problems.Add($"expiresInDays: '{Shown.Text(ExpiresInDays)}'. Expected a whole number of days, or nothing.");
        }

        var asked = new NewKey { Name = Name, Scope = scope, ExpiresInDays = ExpiresInDays.Length > 0 ? days : null };
        try
        {
            ApiKeys.Check(problems.Count > 0 ? asked with { ExpiresInDays = null } : asked);
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems);
        }

        return problems.Count == 0 ? asked : throw new UserErrorException(problems);
    }
}
