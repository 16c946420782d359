using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Storage;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Models, and the small files that belong to them (weights, labels, class maps), stored by content.</summary>
internal static class ModelEndpoints
{
    private const string Bytes = "application/octet-stream";
    private static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    public static void MapModels(this IEndpointRouteBuilder models, UploadOptions options)
    {
        models.MapPost("", UploadAsync).WithQuery("name").Accepts<Stream>(Bytes).WithMetadata(new RequestSizeLimitAttribute(options.MaxBytes)).WithoutTimeout()
            .Produces<UploadedFile>(StatusCodes.Status201Created).Refuses(400, 413, 415)
            .WithSummary("Stores a file, and answers the location by which requests name it. The same content and name again is the same location.");
        models.MapMethods("/{sha256}", Looking, FindAsync).WithQuery("name").Produces<UploadedFile>().Refuses(400, 404)
            .WithSummary("Says whether the server has a file of this content, and of this name where one is given.");
    }

    private static async Task<IResult> UploadAsync(HttpRequest request, ContentBlobs files, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var name = Query.Read(request, query =>
        {
            var given = query.Text("name");
            query.Check("name", given is null ? "missing. Expected the file's name, such as model.onnx." : Refusal(given));
            return given!;
        });
        try
        {
            var file = Described(await files.PutAsync(request.Body, name, cancellationToken), blobs);
            AccessNotes.About(request.HttpContext, file.Sha256);
            return TypedResults.Created($"/api/models/{file.Sha256}", file);
        }
        catch (UserErrorException full)
        {
            throw new IOException(full.Message, full); // The store's trouble, not the caller's.
        }
    }

    private static async Task<IResult> FindAsync(string sha256, HttpRequest request, ContentBlobs files, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var name = Query.Read(request, query =>
        {
            var given = query.Text("name");
            query.Check("name", given is null ? null : Refusal(given));
            return given;
        });
        if (sha256.Length != 64 || !sha256.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"'{Shown.Text(sha256)}' is no SHA-256: expected 64 digits from 0 to f, in small letters.");
        }

        var address = name is null ? await files.FindAsync(sha256, cancellationToken)
            : await blobs.ExistsAsync(ArtifactAddresses.Model(sha256, name), cancellationToken) ? ArtifactAddresses.Model(sha256, name)
            : null;
        return address is null ? Problems.Of(StatusCodes.Status404NotFound, "There is no such file.") : TypedResults.Ok(Described(address, blobs));
    }

    private static UploadedFile Described(string address, IBlobStore blobs)
    {
        var parts = address.Split('/', 3); // models/{sha256}/{name}
        return new(blobs.LocationOf(address), parts[1], parts[2]);
    }

    private static string? Refusal(string name)
    {
        try
        {
            _ = ArtifactAddresses.Model(new string('0', 64), name);
            return null;
        }
        catch (UserErrorException bad)
        {
            return bad.Message;
        }
    }
}
