using System.Buffers.Binary;

namespace Platform.Images;

/// <summary>
/// The program that holds a pod's namespaces open, as a static ELF file of about 200 bytes, so that neither a compiler nor a registry is
/// needed. The first process of a PID namespace gets no signal that it has no handler for, and inherits every orphan of the namespace. So
/// the program blocks all signals and takes them one by one with rt_sigtimedwait: SIGTERM and SIGINT end it, and after any
/// other (SIGCHLD above all) it collects the children that have ended.
/// </summary>
public static class PauseProgram
{
    private const ulong LoadAddress = 0x400000;
    private const int ElfHeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int CodeOffset = ElfHeaderSize + ProgramHeaderSize;
    private const ushort MachineX64 = 62;
    private const ushort MachineArm64 = 183;

    /// <summary>The program for an architecture in Go's terms.</summary>
    /// <exception cref="PlatformNotSupportedException">Neither <c>amd64</c> nor <c>arm64</c>.</exception>
    public static byte[] For(string architecture) => architecture switch
    {
        "amd64" => Elf(MachineX64, X64()),
        "arm64" => Elf(MachineArm64, Arm64()),
        _ => throw new PlatformNotSupportedException($"there is no pause program for {architecture}"),
    };

    private static byte[] Elf(ushort machine, byte[] code)
    {
        var file = new byte[CodeOffset + code.Length];
        var header = file.AsSpan();
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0 }.CopyTo(header); // 64 bits, little endian, System V
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 2); // executable
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], LoadAddress + CodeOffset); // entry point
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], ElfHeaderSize); // program headers
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], ElfHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1); // one program header
        BinaryPrimitives.WriteUInt16LittleEndian(header[58..], 64); // size of a section header, of which there are none
        var segment = header[ElfHeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(segment, 1); // load
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], 5); // read and execute
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], 0x10000); // alignment: the largest page size
        code.CopyTo(file, CodeOffset);
        return file;
    }

    private static byte[] X64() =>
    [
        0xb8, 14, 0, 0, 0,                         // 00 mov eax, rt_sigprocmask
        0x31, 0xff,                                // 05 xor edi, edi           (SIG_BLOCK)
        0x48, 0x8d, 0x35, 0x58, 0, 0, 0,           // 07 lea rsi, [all signals at 66]
        0x31, 0xd2,                                // 0e xor edx, edx
        0x41, 0xba, 8, 0, 0, 0,                    // 10 mov r10d, 8
        0x0f, 0x05,                                // 16 syscall
        0xb8, 128, 0, 0, 0,                        // 18 wait: mov eax, rt_sigtimedwait
        0x48, 0x8d, 0x3d, 0x42, 0, 0, 0,           // 1d lea rdi, [all signals at 66]
        0x31, 0xf6,                                // 24 xor esi, esi
        0x31, 0xd2,                                // 26 xor edx, edx           (no time limit)
        0x41, 0xba, 8, 0, 0, 0,                    // 28 mov r10d, 8
        0x0f, 0x05,                                // 2e syscall
        0x83, 0xf8, 2,                             // 30 cmp eax, SIGINT
        0x74, 0x28,                                // 33 je exit at 5d
        0x83, 0xf8, 15,                            // 35 cmp eax, SIGTERM
        0x74, 0x23,                                // 38 je exit at 5d
        0xb8, 61, 0, 0, 0,                         // 3a reap: mov eax, wait4
        0x48, 0xc7, 0xc7, 0xff, 0xff, 0xff, 0xff,  // 3f mov rdi, -1            (any child)
        0x31, 0xf6,                                // 46 xor esi, esi
        0xba, 1, 0, 0, 0,                          // 48 mov edx, WNOHANG
        0x45, 0x31, 0xd2,                          // 4d xor r10d, r10d
        0x0f, 0x05,                                // 50 syscall
        0x85, 0xc0,                                // 52 test eax, eax
        0x7f, 0xe4,                                // 54 jg reap at 3a
        0xeb, 0xc0,                                // 56 jmp wait at 18
        0x90, 0x90, 0x90, 0x90, 0x90,              // 58 nop, so that the rest is aligned
        0x31, 0xff,                                // 5d exit: xor edi, edi
        0xb8, 231, 0, 0, 0,                        // 5f mov eax, exit_group
        0x0f, 0x05,                                // 64 syscall
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // 66 all signals
    ];

    private static byte[] Arm64()
    {
        const int wait = 6, reap = 16, exit = 25, signals = 28; // indexes of instructions
        uint[] code =
        [
            MoveX(8, 135), MoveX(0, 0), Address(1, signals - 2), MoveX(2, 0), MoveX(3, 8), SystemCall, // rt_sigprocmask
            MoveX(8, 137), Address(0, signals - 7), MoveX(1, 0), MoveX(2, 0), MoveX(3, 8), SystemCall, // wait: rt_sigtimedwait
            Compare(2), BranchIf(Equal, exit - 13), Compare(15), BranchIf(Equal, exit - 15),
            MoveX(8, 260), MinusOne, MoveX(1, 0), MoveX(2, 1), MoveX(3, 0), SystemCall, // reap: wait4
            Compare(0), BranchIf(Greater, reap - 23), Branch(wait - 24),
            MoveX(8, 94), MoveX(0, 0), SystemCall, // exit: exit_group
            uint.MaxValue, uint.MaxValue, // all signals
        ];
        var bytes = new byte[code.Length * sizeof(uint)];
        for (var i = 0; i < code.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), code[i]);
        return bytes;
    }

    private const uint SystemCall = 0xd4000001;
    private const uint MinusOne = 0x92800000; // movn x0, 0
    private const uint Equal = 0;
    private const uint Greater = 12;

    private static uint MoveX(uint register, uint value) => 0xd2800000 | value << 5 | register;

    private static uint Address(uint register, int instructions) => 0x10000000 | (uint)instructions << 5 | register;

    private static uint Compare(uint value) => 0x7100001f | value << 10;

    private static uint BranchIf(uint condition, int instructions) => 0x54000000 | ((uint)instructions & 0x7ffff) << 5 | condition;

    private static uint Branch(int instructions) => 0x14000000 | (uint)instructions & 0x3ffffff;
}
