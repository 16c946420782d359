namespace BatchXai.Contracts.Api;

/// <summary>A file that the server keeps.</summary>
/// <param name="Location">How requests name it.</param>
/// <param name="Sha256">Hash of its content, lower-case hexadecimal.</param>
/// <param name="Name">Its name.</param>
public sealed record UploadedFile(string Location, string Sha256, string Name);
