using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchXai.Coordinator.Report;

/// <summary>Renders a component as a whole page.</summary>
internal static class HtmlPage
{
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="page">Where the page goes.</param>
    /// <param name="cancellationToken">Stops before the rendering.</param>
    /// <typeparam name="T">The component.</typeparam>
    public static async Task WriteAsync<T>(IDictionary<string, object?> parameters, TextWriter page, CancellationToken cancellationToken)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await using var disposeRenderer = renderer;
        cancellationToken.ThrowIfCancellationRequested();
        await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).WriteHtmlTo(page));
    }
}
