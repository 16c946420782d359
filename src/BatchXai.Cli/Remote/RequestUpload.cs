using System.Security.Cryptography;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Onnx;

namespace BatchXai.Cli.Remote;

/// <summary>
/// Makes a request one that a server can fulfil: model, labels and class map that lie on this machine are given to the server, once for each content.
/// Images and masks stay where they are: they must be named as the server sees them.
/// </summary>
internal sealed class RequestUpload(CoordinatorClient client, Action<string> note)
{
    /// <summary>The request with locations of the server in it.</summary>
    public async Task<AuditRequest> UploadAsync(AuditRequest request, CancellationToken cancellationToken)
    {
        var weights = new List<string>();
        foreach (var file in File.Exists(request.Model.Path) ? WeightFiles(request.Model.Path) : request.Model.WeightFiles)
        {
            weights.Add((await LocationAsync(file, cancellationToken))!);
        }

        return request with
        {
            Model = request.Model with
            {
                Path = (await LocationAsync(request.Model.Path, cancellationToken))!,
                WeightFiles = weights,
                Labels = await LocationAsync(request.Model.Labels, cancellationToken),
            },
            Dataset = request.Dataset with { ClassMap = await LocationAsync(request.Dataset.ClassMap, cancellationToken) },
        };
    }

    private async Task<string?> LocationAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null || !File.Exists(path))
        {
            if (path is not null && !path.Contains("://", StringComparison.Ordinal))
            {
                note($"{path}: no such file here, so it is taken for one of the server's");
            }

            return path; // The server says whether it sees it.
        }

        try
        {
            await using var file = File.OpenRead(path);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            if (await client.FindFileAsync(hash, Path.GetFileName(path), cancellationToken) is { } known)
            {
                return known.Location;
            }

            note($"uploading {Path.GetFileName(path)} ({file.Length:N0} bytes)");
            file.Position = 0;
            return (await client.UploadAsync(file, Path.GetFileName(path), cancellationToken)).Location;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {unreadable.Message}");
        }
    }

    // A file that is no ONNX model has none; what is wrong with it is said at inspection.
    private static IReadOnlyList<string> WeightFiles(string model)
    {
        try
        {
            return OnnxModel.Load(model).ExternalFiles;
        }
        catch (OnnxFormatException)
        {
            return [];
        }
    }
}
