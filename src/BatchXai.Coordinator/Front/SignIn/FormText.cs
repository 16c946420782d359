using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front.SignIn;

/// <summary>Reads small forms.</summary>
internal static class FormText
{
    /// <summary>Said where a form's seal is not one of ours.</summary>
    public const string Old = "This form was not made by this server, or too long ago. Nothing was changed; send it again.";

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
