using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Watch;
using BatchXai.Hosting.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace BatchXai.Coordinator.Api;

/// <summary>The HTTP API.</summary>
internal static class ApiRegistration
{
    private const int MaxBody = 1 << 20;
    private static readonly OpenApiSecurityScheme KeyScheme = new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key, bxk_ID_SECRET; as X-Api-Key too. An open server asks for none." };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds what the endpoints need.</summary>
    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        UploadOptions? uploads = null;
        ServerProgram.Together(() => services.AddAccess(configuration), () => uploads = UploadOptions.Read(configuration));
        services
            .AddSingleton(uploads!)
            .AddSingleton<AuditViews>()
            .AddSingleton<AuditFeeds>()
            .AddExceptionHandler<FailureHandler>()
            .AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "BatchXai", Version = "v1", Description = "Explains image classifiers at dataset scale." };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["key"] = KeyScheme };
                document.Security = [new() { [new("key", document)] = [] }];
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
        app.UseAccess();
        var api = app.MapGroup("/api").WithMetadata(Refusal(StatusCodes.Status401Unauthorized), Refusal(StatusCodes.Status403Forbidden));
        var audits = api.MapGroup("/audits").WithTags("audits");
        audits.MapAudits();
        audits.MapManagement();
        audits.MapWatch();
        audits.MapReports();
        audits.MapCompare();
        audits.MapArtifacts();
        api.MapGroup("/models").WithTags("models").MapModels(app.Services.GetRequiredService<UploadOptions>());
        api.MapGroup("/workers").WithTags("workers").MapWorkers();
        api.MapGroup("/keys").WithTags("keys").WithMetadata(new AdminOnly()).MapKeys();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    private static ProducesResponseTypeMetadata Refusal(int status) => new(status, typeof(Problem), [Problem.ContentType]);

    private static string Explained(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => RefusalReasons.Of(context),
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address knows no {context.Request.Method}. It knows {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => $"content type: expected {string.Join(" or ", context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ["application/json"])}.",
        StatusCodes.Status504GatewayTimeout => $"It took longer than {Patience.TotalSeconds:0} s. Try again later.",
        var status => $"The request ended with status {status}.",
    };
}
