namespace BatchXai.Cli.Serve;

/// <summary>Where is kept what belongs to a person and not to an output folder: <c>$XDG_STATE_HOME/batchxai</c>, without it <c>~/.local/state/batchxai</c>.</summary>
internal static class StateFolder
{
    /// <summary>That of whoever runs this process, whether it is there or not; null: it has no home.</summary>
    public static string? OfUser()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            state = home.Length > 0 ? Path.Combine(home, ".local", "state") : null;
        }

        return state is null ? null : Path.Combine(state, "batchxai");
    }
}
