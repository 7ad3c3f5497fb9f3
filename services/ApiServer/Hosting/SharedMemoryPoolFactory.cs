using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Gives connections their buffers from the pool that everything else shares. The web server's own pool pins its blocks, and the collector has a heap of its own for
/// what is pinned: each time that some megabytes come to it, as they do when many watches have something to send, it collects everything there is, with every request waiting.
/// </summary>
internal sealed class SharedMemoryPoolFactory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => MemoryPool<byte>.Shared;
}
