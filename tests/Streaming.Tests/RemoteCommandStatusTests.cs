using System.Text;
using Platform.Streaming.RemoteCommand;

namespace Platform.Streaming.Tests;

public sealed class RemoteCommandStatusTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(7, false)]
    public void Exit_code_survives_the_wire(int code, bool success)
    {
        var status = RemoteCommandStatus.Parse(RemoteCommandStatus.Exit(code).ToJson());

        status.ExitCode.ShouldBe(code);
        status.IsSuccess.ShouldBe(success);
    }

    [Fact]
    public void Failure_has_no_exit_code_and_its_message()
    {
        var status = RemoteCommandStatus.Parse(RemoteCommandStatus.Failure("no such container").ToJson());

        (status.IsSuccess, status.ExitCode, status.Message).ShouldBe((false, null, "no such container"));
    }

    [Theory]
    [InlineData("plain words")]
    [InlineData("[]")]
    [InlineData("{\"status\":{}}")]
    public void Text_of_an_old_peer_is_a_failure(string text) =>
        RemoteCommandStatus.Parse(Encoding.UTF8.GetBytes(text)).IsSuccess.ShouldBeFalse();
}
