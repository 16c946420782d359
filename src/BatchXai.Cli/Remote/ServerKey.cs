using System.CommandLine;
using BatchXai.Contracts;

namespace BatchXai.Cli.Remote;

/// <summary>The key or token that a server asks for. It is never an argument: everybody on the machine can read those.</summary>
internal static class ServerKey
{
    /// <summary>What helps when a server asks who is there.</summary>
    public const string Hint = $"Set {Variable} to your key, or give --key-file with a file that holds it.";

    private const string Variable = "BATCHXAI_API_KEY";

    private static readonly Option<string?> File = new("--key-file") { Description = $"File that holds your key for the server; {Variable} without it.", HelpName = "file" };

    /// <summary>Adds the flag to every command that talks to a server.</summary>
    public static void AddTo(IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            if (command.Options.Any(option => option.Name == ServerOption.Name))
            {
                command.Options.Add(File);
            }

            AddTo(command.Subcommands);
        }
    }

    /// <summary>The key; null: none was given.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or what was given is no key. The message does not repeat it.</exception>
    public static string? Read(ParseResult parsed)
    {
        var file = parsed.GetValue(File);
        var key = (file is null ? Environment.GetEnvironmentVariable(Variable) : Content(file))?.Trim();
        return string.IsNullOrEmpty(key) && file is null ? null
            : key is { Length: > 0 and <= 16_384 } && key.All(letter => letter is > ' ' and <= '~') ? key
            : throw new UserErrorException($"{(file is null ? Variable : $"--key-file '{file}'")} holds no key: expected one line such as bxk_1a2b3c_…, without spaces.");
    }

    private static string Content(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--key-file '{file}' cannot be read: {unreadable.Message}");
        }
    }
}
