using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Front;

/// <summary>The pages alone, for who looks at audits of this machine: no API, no bus, nothing that changes an audit.</summary>
public static class DashboardHost
{
    /// <summary>Puts the program together.</summary>
    /// <param name="port">Port on the loopback; 0: any that is free.</param>
    /// <param name="places">Makes the places whose audits are shown, out of the program's lifetime; they are disposed with the program.</param>
    /// <param name="cohorts">The SQLite file that cohorts are kept in, its tables made; null: none can be saved.</param>
    public static WebApplication Build(int port, Func<IHostApplicationLifetime, IAuditPlaces> places, string? cohorts = null)
    {
        ArgumentNullException.ThrowIfNull(places);
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.None);
        if (Environment.GetEnvironmentVariable("BATCHXAI_DEBUG") == "1")
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(provider => places(provider.GetRequiredService<IHostApplicationLifetime>()))
            .AddRouting()
            .AddDoor()
            .AddFront()
            // Forms live for minutes: what seals them need not outlive the process, nor lie in anybody's home.
            .AddDataProtection().UseEphemeralDataProtectionProvider().Services
            // A page of another site may point a name of its own at this machine: then it asks for that name.
            .Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["127.0.0.1", "localhost"]);
        if (cohorts is not null)
        {
            builder.Services.AddSqliteDatabase(cohorts).AddSingleton<CohortStore>();
        }

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseDoor();
        app.UseMiddleware<SiteGuard>();
        app.MapFront();
        return app;
    }
}
