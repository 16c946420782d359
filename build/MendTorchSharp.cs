using System;
using System.IO;
using System.Text;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a copy of TorchSharp's native library that loads with libstdc++ before GLIBCXX_3.4.32. Three edits in place, the size stays:
/// the symbol std::ios_base_library_init() becomes a harmless function of the same library, it loses its version, and the version
/// requirement becomes weak. Fails with a message when the library is not the one that was understood.
/// </summary>
public sealed class MendTorchSharp : Task
{
    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Harmless = "THSTorch_get_and_reset_last_err";
    private const string Version = "GLIBCXX_3.4.32";
    private byte[] elf;

    public string Source { get; set; }

    public string Destination { get; set; }

    public override bool Execute()
    {
        elf = File.ReadAllBytes(Source);
        var symbols = Section(".dynsym");
        var strings = Section(".dynstr");
        var versions = Section(".gnu.version");
        var needs = Section(".gnu.version_r");
        if (symbols.Size == 0 || strings.Size == 0 || versions.Size == 0 || needs.Size == 0 || !MendSymbol(symbols, strings, versions) || !MendVersion(needs, strings))
        {
            Log.LogError("{0} is not the TorchSharp library this build knows how to mend for a libstdc++ older than {1}. Build on a system with GCC 13 or newer (Debian 13, Ubuntu 24.04), or set MendTorchSharp=false.", Source, Version);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        var half = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(half, elf);
        File.Delete(Destination);
        File.Move(half, Destination);
        return true;
    }

    /// <summary>Edits 1 and 2: another name, and the version index 1 (global, unversioned).</summary>
    private bool MendSymbol(Range symbols, Range strings, Range versions)
    {
        int bad = -1;
        uint harmlessName = 0;
        for (int i = 0; i < symbols.Size / 24; i++)
        {
            uint name = BitConverter.ToUInt32(elf, symbols.Offset + (i * 24));
            string text = Text(strings.Offset + (int)name);
            bad = text == Symbol ? i : bad;
            harmlessName = text == Harmless ? name : harmlessName;
        }

        if (bad < 0 || harmlessName == 0)
        {
            return false;
        }

        BitConverter.GetBytes(harmlessName).CopyTo(elf, symbols.Offset + (bad * 24));
        BitConverter.GetBytes((ushort)1).CopyTo(elf, versions.Offset + (bad * 2));
        return true;
    }

    /// <summary>Edit 3: VER_FLG_WEAK (2) on the requirement. Verneed: version, count, file, aux, next; vernaux: hash, flags, other, name, next.</summary>
    private bool MendVersion(Range needs, Range strings)
    {
        for (int need = needs.Offset; ;)
        {
            int aux = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (int left = BitConverter.ToUInt16(elf, need + 2); left > 0; left--)
            {
                if (Text(strings.Offset + (int)BitConverter.ToUInt32(elf, aux + 8)) == Version)
                {
                    BitConverter.GetBytes((ushort)2).CopyTo(elf, aux + 4);
                    return true;
                }

                aux += (int)BitConverter.ToUInt32(elf, aux + 12);
            }

            int next = (int)BitConverter.ToUInt32(elf, need + 12);
            if (next == 0)
            {
                return false;
            }

            need += next;
        }
    }

    private Range Section(string name)
    {
        int table = (int)BitConverter.ToUInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3A);
        int count = BitConverter.ToUInt16(elf, 0x3C);
        int names = (int)BitConverter.ToUInt64(elf, table + (size * BitConverter.ToUInt16(elf, 0x3E)) + 0x18);
        for (int i = 0; i < count; i++)
        {
            int header = table + (size * i);
            if (Text(names + (int)BitConverter.ToUInt32(elf, header)) == name)
            {
                return new Range { Offset = (int)BitConverter.ToUInt64(elf, header + 0x18), Size = (int)BitConverter.ToUInt64(elf, header + 0x20) };
            }
        }

        return new Range();
    }

    private string Text(int offset)
    {
        int end = Array.IndexOf(elf, (byte)0, offset);
        return Encoding.ASCII.GetString(elf, offset, end - offset);
    }

    private struct Range
    {
        public int Offset;
        public int Size;
    }
}
