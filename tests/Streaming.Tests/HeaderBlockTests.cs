using Platform.Streaming.Spdy;

namespace Platform.Streaming.Tests;

public sealed class HeaderBlockTests
{
    [Fact]
    public void Blocks_that_zlib_made_with_the_dictionary_are_inflated()
    {
        // Python: zlib.compressobj(9, DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY, dictionary), each block flushed with Z_SYNC_FLUSH.
        using var inflater = new HeaderInflater();
        var first = Convert.FromHexString("78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff");
        var second = Convert.FromHexString("02a5470c295029930829b08bc079c3c2c0c2004873164122381394f0190d00000000ffff");

        HeaderBlock.Decode(inflater.Inflate(first)).ShouldBe(new Dictionary<string, string> { ["streamtype"] = "error" });
        HeaderBlock.Decode(inflater.Inflate(second)).ShouldBe(
            new Dictionary<string, string> { ["streamtype"] = "data", ["port"] = "8080", ["requestid"] = "0" }, ignoreOrder: true);
    }

    [Fact]
    public void Own_blocks_are_a_zlib_stream_that_continues()
    {
        using var inflater = new HeaderInflater();
        var headers = new Dictionary<string, string> { ["streamType"] = "stdin", ["empty"] = string.Empty };

        HeaderBlock.Decode(inflater.Inflate((byte[])[.. StoredBlocks.ZlibHeader, .. StoredBlocks.Encode(HeaderBlock.Encode(headers))]))
            .ShouldBe(headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value), ignoreOrder: true);
        HeaderBlock.Decode(inflater.Inflate(StoredBlocks.Encode(HeaderBlock.Encode(new Dictionary<string, string>())))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00000001")]
    [InlineData("000000010000000161")]
    [InlineData("00000001FFFFFFFF")]
    [InlineData("7FFFFFFF")]
    public void Block_that_is_cut_off_or_absurd_is_refused(string hex) =>
        Should.Throw<SpdyException>(() => HeaderBlock.Decode(Convert.FromHexString(hex)));
}
