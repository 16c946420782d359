using BatchXai.Coordinator.Front;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>Where visitors go after they have signed in: to an address of this server, whatever a link to its form says.</summary>
internal static class ReturnAddress
{
    private const int Longest = 2_000;

    /// <summary>The address if it is one of this server's; else that of the first page.</summary>
    public static string Of(string? asked) =>
        asked is ['/', .. var rest] && rest is not ['/' or '\\', ..] && asked.Length <= Longest && !asked.Any(char.IsControl) && !asked.StartsWith(PageAddress.SignInForm, StringComparison.OrdinalIgnoreCase) ? asked : PageAddress.Audits;
}
