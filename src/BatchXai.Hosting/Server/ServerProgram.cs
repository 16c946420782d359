using BatchXai.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Hosting.Server;

/// <summary>What the server programs have in common: where settings come from, how errors are told.</summary>
public static class ServerProgram
{
    /// <summary>Exit code for wrong settings and for a server that cannot start.</summary>
    public const int Error = 3;

    private const string Prefix = "BATCHXAI_";

    /// <summary>Libraries say what concerns a person only.</summary>
    private static readonly Dictionary<string, string?> Defaults = new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning", ["Logging:LogLevel:MassTransit"] = "Warning" };

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// A web program with settings from appsettings.json beside it, then from the environment (<c>BATCHXAI_Broker__Uri</c> is <c>Broker:Uri</c>),
    /// then from its arguments. Listens at <paramref name="address"/> unless ASP.NET's own settings say where.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] arguments, string address)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Configuration.AddEnvironmentVariables(Prefix).AddCommandLine(arguments);
        if (AddressSettings.All(name => string.IsNullOrEmpty(builder.Configuration[name])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(address);
        }

        return builder;
    }

    /// <summary>Takes each step, whatever becomes of the others.</summary>
    /// <exception cref="UserErrorException">Some of the steps threw this: it holds the problems of all.</exception>
    public static void Together(params IReadOnlyList<Action> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var problems = new List<string>();
        foreach (var step in steps)
        {
            try
            {
                step();
            }
            catch (UserErrorException error)
            {
                problems.AddRange(error.Problems);
            }
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }
    }

    /// <summary>Builds a program and runs it until it is told to stop. Wrong settings are told line by line, without a stack. Returns the exit code.</summary>
    /// <param name="build">Makes the program.</param>
    /// <param name="check">What must be right before it starts; throws <see cref="UserErrorException"/>.</param>
    public static async Task<int> RunAsync(Func<WebApplication> build, Func<WebApplication, Task>? check = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            await using var program = build();
            if (check is not null)
            {
                await check(program);
            }

            try
            {
                await program.StartAsync();
            }
            catch (OperationCanceledException) when (program.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return 0; // It was told to stop before it had started.
            }

            await program.WaitForShutdownAsync();
            return 0;
        }
        catch (UserErrorException error)
        {
            return await FailAsync(error.Problems);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return await FailAsync([$"{taken.Message.TrimEnd('.')}: another program listens there. Choose another address, for instance ASPNETCORE_URLS=http://127.0.0.1:5001."]);
        }
    }

    /// <summary>Tells what is wrong, a line a problem. Returns the exit code.</summary>
    public static async Task<int> FailAsync(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"error: {problem}");
        }

        return Error;
    }
}
