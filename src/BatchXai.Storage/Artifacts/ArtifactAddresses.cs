using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Artifacts;

/// <summary>Where everything that an audit stores lies. No other place in the code makes addresses.</summary>
public static class ArtifactAddresses
{
    private const int MaxNameLength = 100;
    private const int MaxFileNameBytes = 200;

    /// <summary>Name of the item table in a run's folder.</summary>
    public const string ItemsName = "items.parquet";

    /// <summary>Folder of an audit, with a slash at the end: <c>audits/{audit}/</c>.</summary>
    public static string Audit(Guid audit) => $"audits/{audit:D}/";

    /// <summary>The plan: <see cref="Contracts.Audits.AuditPlan"/> as JSON.</summary>
    public static string Plan(Guid audit) => Audit(audit) + "plan.json";

    /// <summary>The replay record: <see cref="Artifacts.AuditManifest"/> as JSON.</summary>
    public static string AuditManifest(Guid audit) => Audit(audit) + "manifest.json";

    /// <summary>A marker: the audit is cancelled. Workers look for it while they run its shards.</summary>
    public static string Cancelled(Guid audit) => Audit(audit) + "cancelled";

    /// <summary>The items of a shard: JSON Lines.</summary>
    public static string Manifest(Guid audit, int shard) => $"{Audit(audit)}manifest/{Number(shard)}.jsonl";

    /// <summary>Prefix of the mask banks of all splits.</summary>
    public static string MaskBanks(Guid audit) => Audit(audit) + "mask-bank/";

    /// <summary>The mask bank of a split.</summary>
    public static string MaskBank(Guid audit, string split) => $"{MaskBanks(audit)}{FileName(split)}.masks";

    /// <summary>Prefix of the donors of all splits.</summary>
    public static string Donors(Guid audit) => Audit(audit) + "donors/";

    /// <summary>The items of a split that lend their backgrounds: JSON Lines.</summary>
    public static string Donors(Guid audit, string split) => $"{Donors(audit)}{FileName(split)}.jsonl";

    /// <summary>Folder of one run of a shard, with a slash at the end.</summary>
    public static string Run(Guid audit, int shard, Guid run) => $"{Audit(audit)}shards/{Number(shard)}/{run:D}/";

    /// <summary>The rows of a run.</summary>
    public static string Items(Guid audit, int shard, Guid run) => Run(audit, shard, run) + ItemsName;

    /// <summary>The causal rows of a run; there are none when no item of the shard takes part.</summary>
    public static string Causal(Guid audit, int shard, Guid run) => Run(audit, shard, run) + "causal.parquet";

    /// <summary>The sanity checks of a run: <see cref="Contracts.Results.SanityResult"/> as JSON; only in runs of the shard that holds the dataset's first item.</summary>
    public static string Sanity(Guid audit, int shard, Guid run) => Run(audit, shard, run) + "sanity.json";

    /// <summary>What the model said about a few tested items of a run: <see cref="Contracts.Results.PicturedItem"/>, an array as JSON; there is none when no prediction turned.</summary>
    public static string Evidence(Guid audit, int shard, Guid run) => Run(audit, shard, run) + "evidence.json";

    /// <summary>The picture of a tested item, JPEG, in the folder of its run or of the report.</summary>
    /// <param name="item">Place of the item in the dataset.</param>
    /// <param name="test">The test; null: the item as it is.</param>
    public static string EvidencePicture(long item, CausalTest? test) =>
        string.Create(CultureInfo.InvariantCulture, $"evidence/{item:D9}-{(test is null ? "as_is" : JsonNamingPolicy.SnakeCaseLower.ConvertName($"{test}"))}.jpg");

    /// <summary>The heatmaps of one method in a run.</summary>
    public static string Maps(Guid audit, int shard, Guid run, string method) => Run(audit, shard, run) + MapsName(method);

    /// <summary>Name of the heatmaps of one method in a run's folder: <c>maps-{method}.npy</c>.</summary>
    public static string MapsName(string method) => $"maps-{FileName(method)}.npy";

    /// <summary>Folder of the report, with a slash at the end: <c>report.html</c>, <c>report.json</c> and the rest lie in it.</summary>
    public static string Reports(Guid audit) => Audit(audit) + "report/";

    /// <summary>Folder of all files with a content, with a slash at the end: <c>models/{sha256}/</c>.</summary>
    /// <param name="hash">SHA-256 in lower-case hexadecimal.</param>
    public static string Models(string hash) => IsHash(hash)
        ? $"models/{hash}/"
        : throw new UserErrorException($"'{Shown.Text(hash)}' is no content hash. Expected a SHA-256: 64 digits from 0 to f, in small letters.");

    /// <summary>A file that somebody brought, such as a model, by its content. Its name stays, because models name files beside them.</summary>
    /// <exception cref="UserErrorException">It is no name of a file.</exception>
    public static string Model(string hash, string name) => Models(hash) + PlainName(name);

    /// <summary>A rendered overlay of a run: PNG.</summary>
    public static string Overlay(Guid audit, int shard, Guid run, long item, string method, string target) =>
        string.Create(CultureInfo.InvariantCulture, $"{Run(audit, shard, run)}overlays/{item:D9}-{FileName(method)}-{FileName(target)}.png");

    private static string Number(int shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        return shard.ToString("D6", CultureInfo.InvariantCulture);
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static string PlainName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxFileNameBytes && name[^1] is not ('.' or ' ') && !name.Any(letter => letter is '/' or '\\' || char.IsControl(letter))
            ? name
            : throw new UserErrorException($"'{Shown.Text(name)}' is no file name. Expected up to {MaxFileNameBytes} bytes without slashes or control characters, not ending in a dot, such as 'model.onnx'.");
    }

    /// <summary>
    /// Any text as one path segment: percent-encoded, a leading dot too; long texts keep their beginning and end in a hash.
    /// Split names come from manifests and may hold anything.
    /// </summary>
    private static string FileName(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var name = Uri.EscapeDataString(text);
        name = name[0] == '.' ? "%2E" + name[1..] : name;
        return name.Length <= MaxNameLength ? name
            : $"{name[..(MaxNameLength - 20)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
    }
}
