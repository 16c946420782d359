using BatchXai.Contracts;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Access.Sessions;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Observe;
using BatchXai.Coordinator.Report;
using BatchXai.Hosting.Health;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Server;
using BatchXai.Hosting.Telemetry;
using BatchXai.Storage;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace BatchXai.Coordinator;

/// <summary>The coordinator as a program of its own. Any number of them may work on one database.</summary>
public static class CoordinatorHost
{
    private const string Address = "http://127.0.0.1:5000";

    /// <summary>Puts the program together; <paramref name="configure"/> may add to it before it is built.</summary>
    /// <exception cref="UserErrorException">Settings are missing or wrong; all are named.</exception>
    public static WebApplication Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = ServerProgram.CreateBuilder(args, Address);
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSingleton(TimeProvider.System);
        var options = new DispatchOptions();
        ServerProgram.Together(
            () => services.AddStorage(configuration),
            () => services.AddDatabase(configuration),
            () => options = DispatchOptions.Read(configuration),
            () => services.AddBus(configuration, bus => bus.AddCoordinatorConsumers(options)),
            () => services.AddApi(configuration));
        services.AddCoordinator(ReportPlace.InAudit, options).AddHostedService<PipelineObserver>();
        return Finish(builder, configure);
    }

    /// <summary>Runs the program until it is told to stop, or its command word; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args) =>
        await HealthProbe.RunAsync(args) ?? args switch
        {
            ["migrate", .. var settings] => await MigrateAsync(settings),
            ["keys", .. var words] => await KeysCommand.RunAsync(words, Address),
            _ => await ServerProgram.RunAsync(() => Build(args)),
        };

    internal static WebApplication Finish(WebApplicationBuilder builder, Action<IHostApplicationBuilder>? configure)
    {
        builder.Services
            .AddTelemetry(builder.Configuration, "batchxai-coordinator", traces => traces.AddNpgsql())
            .AddReadyCheck("database", async (provider, cancellationToken) =>
            {
                await using var db = await provider.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(cancellationToken);
                await db.Audits.AnyAsync(cancellationToken);
            })
            .AddReadyCheck("blobs", (provider, cancellationToken) => provider.GetRequiredService<IBlobStore>().ExistsAsync("ready", cancellationToken));
        builder.Services.AddFront().AddSharedSeals();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapApi();
        app.MapFront();
        app.MapHealth();
        var metrics = app.MapMetrics();
        if (app.Services.GetRequiredService<AccessOptions>().OpenMetrics)
        {
            metrics.AllowAnonymous();
        }

        CoordinatorMetrics.Begin();
        return app;
    }

    /// <summary>The command word <c>migrate</c>: makes the tables, or brings them up to date, and ends.</summary>
    private static async Task<int> MigrateAsync(string[] args)
    {
        try
        {
            var builder = ServerProgram.CreateBuilder(args, Address);
            builder.Services.AddSingleton(TimeProvider.System).AddDatabase(builder.Configuration);
            builder.Services.AddPlainLogging(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();
            await AuditDatabase.MigrateAsync(services, CancellationToken.None);
            await Console.Out.WriteLineAsync("the database is ready");
            return 0;
        }
        catch (UserErrorException error)
        {
            return await ServerProgram.FailAsync(error.Problems);
        }
    }
}
