using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BatchXai.Onnx.Format;

/// <summary>
/// Tells plain files from links and devices. A model from elsewhere may name any file as its weights; a symbolic or hard link would let it
/// read files outside its folder, a pipe would never end.
/// </summary>
internal static class PlainFile
{
    private const int CurrentFolder = -100, NoFollow = 0x100, EmptyPath = 0x1000;
    private const uint TypeModeLinksAndNode = 0x107;
    private const int TypeMask = 0xF000, Regular = 0x8000;

    /// <exception cref="IOException">The path is not a plain file of one name.</exception>
    public static void Require(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var file = new FileInfo(path);
            Require(file.Exists, "there is no such file");
            Require((file.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) == 0, "it is a link or a device");
            return;
        }

        var found = Look(CurrentFolder, path, NoFollow) ?? throw new FileNotFoundException("there is no such file beside the model");
        Require((found.Mode & TypeMask) == Regular, "it is not a regular file (a link, a folder or a device); put the file itself beside the model");
        Require(found.Links == 1, $"it has {found.Links} hard links; copy the file instead");
    }

    /// <summary>Call after opening: that the file opened is the one looked at.</summary>
    /// <exception cref="IOException">It was exchanged in between.</exception>
    public static void RequireSame(string path, SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux())
        {
            var same = Look(CurrentFolder, path, NoFollow) is { } named && Look((int)handle.DangerousGetHandle(), "", EmptyPath) is { } opened
                && (named.Node, named.DeviceMajor, named.DeviceMinor) == (opened.Node, opened.DeviceMajor, opened.DeviceMinor);
            Require(same, "it was exchanged while it was opened");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new IOException(otherwise);
        }
    }

    private static Status? Look(int folder, string path, int flags)
        => StatX(folder, path, flags, TypeModeLinksAndNode, out var status) == 0 ? status : null;

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Status status);

    // struct statx of linux/stat.h, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Status
    {
        [FieldOffset(16)]
        public readonly uint Links;

        [FieldOffset(28)]
        public readonly ushort Mode;

        [FieldOffset(32)]
        public readonly ulong Node;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }
}
