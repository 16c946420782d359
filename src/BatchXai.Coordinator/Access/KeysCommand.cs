using System.Data.Common;
using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Hosting.Server;
using BatchXai.Hosting.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access;

/// <summary>The command word <c>keys create</c>: makes a key in the database itself. The first one can be made in no other way.</summary>
internal static class KeysCommand
{
    private const string Usage = "Expected: keys create --name NAME --scope viewer|submitter|admin [--expires DAYS]. Other keys are best made with 'batchxai keys', which the server notes.";

    /// <summary>Runs it; writes the key, and nothing else, to standard output. Returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, string address)
    {
        try
        {
            var asked = Read(args);
            var builder = ServerProgram.CreateBuilder(args, address);
            builder.Services.AddSingleton(TimeProvider.System).AddDatabase(builder.Configuration).AddSingleton<ApiKeys>();
            builder.Services.AddPlainLogging(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();
            var created = await services.GetRequiredService<ApiKeys>().CreateAsync(asked, null, CancellationToken.None);
            await Console.Error.WriteLineAsync($"key {created.Key.Id} of {created.Key.Name}, {created.Key.Scope.ToString().ToLowerInvariant()}. It is shown this once:");
            await Console.Out.WriteLineAsync(created.Text);
            return 0;
        }
        catch (UserErrorException error)
        {
            return await ServerProgram.FailAsync(error.Problems);
        }
        catch (Exception failed) when (failed is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException })
        {
            return await ServerProgram.FailAsync([$"The key cannot be stored: {failed.GetBaseException().Message}. Check that the database runs and has its tables: 'migrate' makes them."]);
        }
    }

    /// <summary>The arguments alone: a variable of the environment may be called NAME too.</summary>
    private static NewKey Read(string[] args)
    {
        if (args is not ["create", .. var flags])
        {
            throw new UserErrorException($"keys: unknown word. {Usage}");
        }

        var given = new ConfigurationBuilder().AddCommandLine(flags).Build();
        List<string> problems = [];
        if (!Enum.TryParse<KeyScope>(given["scope"], ignoreCase: true, out var scope) || !Enum.IsDefined(scope))
        {
            problems.Add($"--scope is '{given["scope"]}'. {Usage}");
        }

        var days = given.WholeNumber("expires", 1, int.MaxValue, problems);
        var asked = new NewKey { Name = given["name"] ?? "", Scope = scope, ExpiresInDays = days };
        try
        {
            ApiKeys.Check(asked);
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems.Select(problem => $"--{problem}"));
        }

        return problems.Count == 0 ? asked : throw new UserErrorException(problems);
    }
}
