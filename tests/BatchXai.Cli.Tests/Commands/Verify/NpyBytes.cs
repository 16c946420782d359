using System.Text;

namespace BatchXai.Cli.Tests.Commands.Verify;

/// <summary>.npy files as numpy.save writes them.</summary>
internal static class NpyBytes
{
    public static byte[] Of(string descr, string shape, byte[] data, byte version = 1, string fortran = "False")
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}".PadRight(117) + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. data];
    }

    public static byte[] Of(string shape, params float[] values) => Of("<f4", shape, [.. values.SelectMany(BitConverter.GetBytes)]);
}
