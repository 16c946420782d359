using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Api;

/// <summary>The HTTP API.</summary>
internal static class ApiRegistration
{
    private const int MaxBody = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds what the endpoints need.</summary>
    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton(UploadOptions.Read(configuration))
            .AddSingleton<AuditViews>()
            .AddSingleton<AuditFeeds>()
            .AddExceptionHandler<FailureHandler>()
            .AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "BatchXai", Version = "v1", Description = "Explains image classifiers at dataset scale." };
                document.Servers = [];
                return Task.CompletedTask;
            }))
            .AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = Patience, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout })
            .ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions))
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MaxBody;
            });
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problems.Of(context.HttpContext.Response.StatusCode, Explained(context.HttpContext)).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<BrowserGuard>();
        app.UseRouting();
        app.UseRequestTimeouts();
        var api = app.MapGroup("/api");
        var audits = api.MapGroup("/audits").WithTags("audits");
        audits.MapAudits();
        audits.MapManagement();
        audits.MapWatch();
        audits.MapReports();
        audits.MapCompare();
        audits.MapArtifacts();
        api.MapGroup("/models").WithTags("models").MapModels(app.Services.GetRequiredService<UploadOptions>());
        api.MapGroup("/workers").WithTags("workers").MapWorkers();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    private static string Explained(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address knows no {context.Request.Method}. It knows {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => $"content type: expected {string.Join(" or ", context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.ContentTypes ?? ["application/json"])}.",
        StatusCodes.Status504GatewayTimeout => $"It took longer than {Patience.TotalSeconds:0} s. Try again later.",
        var status => $"The request ended with status {status}.",
    };
}
