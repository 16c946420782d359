using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front;

/// <summary>A form that a page sent: that it is one, what stands in it, and what is said where its seal is not one of ours.</summary>
internal static class SentForm
{
    /// <summary>Said beside the form, which is shown again with a seal of now.</summary>
    public const string SendAgain = $"{NotOurs} Nothing was done; send it again.";

    /// <summary>Said where there is no form to show.</summary>
    public const string LoadAgain = $"{NotOurs} Nothing was done; go back, load the page again and send it again.";

    private const string NotOurs = "This form was not made by this server, or too long ago.";

    /// <summary>The refusal of what is no form; null: it is one.</summary>
    /// <param name="context">What was sent.</param>
    /// <param name="programs">The address that programs use instead.</param>
    public static IResult? Missing(HttpContext context, string programs) =>
        context.Request.HasFormContentType ? null : Refusal.Of(context, StatusCodes.Status415UnsupportedMediaType, $"content type: expected that of a form. Programs use {programs}.");

    /// <summary>The fields of a form by name; null: there is none of this name, or no form.</summary>
    public static async Task<Func<string, string?>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return _ => null;
        }

        var form = await request.ReadFormAsync(cancellationToken);
        return name => form[name] is [{ } text] ? text : null;
    }
}
