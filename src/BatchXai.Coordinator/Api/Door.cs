using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Api;

/// <summary>What every request passes before an endpoint sees it, and every refusal on its way back.</summary>
internal static class Door
{
    private const int MaxBody = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds what the door needs.</summary>
    public static IServiceCollection AddDoor(this IServiceCollection services) => services
        .AddExceptionHandler<FailureHandler>()
        .AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = Patience, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout })
        .Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });

    /// <summary>Puts it before the endpoints.</summary>
    public static void UseDoor(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Refusal.Of(context.HttpContext, context.HttpContext.Response.StatusCode, Explained(context.HttpContext)).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<BrowserGuard>();
        app.UseRouting();
        app.UseRequestTimeouts();
    }

    private static string Explained(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => RefusalReasons.Of(context),
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address knows no {context.Request.Method}. It knows {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => $"content type: expected {string.Join(" or ", context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ["application/json"])}.",
        StatusCodes.Status429TooManyRequests => $"These are more requests than one caller may send. Try again in {context.Response.Headers.RetryAfter} s.",
        StatusCodes.Status504GatewayTimeout => $"It took longer than {Patience.TotalSeconds:0} s. Try again later.",
        var status => $"The request ended with status {status}.",
    };
}
