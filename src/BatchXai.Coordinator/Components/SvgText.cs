using BatchXai.Coordinator.Report;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace BatchXai.Coordinator.Components;

/// <summary>A text element of an SVG. Written in C#, because Razor keeps the element name "text" for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>CSS class.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Horizontal place.</summary>
    [Parameter]
    public double X { get; set; }

    /// <summary>Base line.</summary>
    [Parameter]
    public double Y { get; set; }

    /// <summary>start, middle or end.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>The text.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", Wording.Svg(X));
        builder.AddAttribute(3, "y", Wording.Svg(Y));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
