using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Watch;
using BatchXai.Hosting.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace BatchXai.Coordinator.Api;

/// <summary>The HTTP API.</summary>
internal static class ApiRegistration
{
    private static readonly OpenApiSecurityScheme KeyScheme = new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key, bxk_ID_SECRET, as X-Api-Key too; or a token (JWT) of the server's issuer. An open server asks for none." };

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
            .AddSingleton<CohortStore>()
            .AddDoor()
            .AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "BatchXai", Version = "v1", Description = "Explains image classifiers at dataset scale." };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["key"] = KeyScheme };
                document.Security = [new() { [new("key", document)] = [] }];
                return Task.CompletedTask;
            }))
            .ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions))
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseDoor();
        app.UseAccess();
        var api = app.MapGroup("/api").WithMetadata(Refused(StatusCodes.Status401Unauthorized), Refused(StatusCodes.Status403Forbidden), Refused(StatusCodes.Status429TooManyRequests));
        var audits = api.MapGroup("/audits").WithTags("audits");
        audits.MapAudits();
        audits.MapManagement();
        audits.MapWatch();
        audits.MapReports();
        audits.MapCompare();
        audits.MapReviews();
        audits.MapArtifacts();
        api.MapGroup("/models").WithTags("models").MapModels(app.Services.GetRequiredService<UploadOptions>());
        api.MapGroup("/workers").WithTags("workers").MapWorkers();
        api.MapGroup("/cohorts").WithTags("cohorts").MapCohorts();
        api.MapGroup("/keys").WithTags("keys").WithMetadata(new AdminOnly()).MapKeys();
        api.MapGroup("/access-log").WithTags("keys").WithMetadata(new AdminOnly()).MapAccessLog();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    private static ProducesResponseTypeMetadata Refused(int status) => new(status, typeof(Problem), [Problem.ContentType]);
}
