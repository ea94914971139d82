import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOHPACK
import NIOHTTP2

/// Breaks the connection of a call whose status says so, before the status is sent.
///
/// The transport tells a call nothing about its connection. So a call that shall break it fails with a marked status,
/// and this handler, which sits between the call and HTTP/2, closes the connection where it meets the mark: the
/// client sees it end in the middle of the call, whether it is a unix socket, TCP or TLS.
final class ConnectionDrop: ChannelOutboundHandler {
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private static let mark = "fibq-drop"

    /// What a call throws.
    static let error = RPCError(code: .unavailable, message: "connection dropped", metadata: [mark: "1"])

    /// Puts one into each call's pipeline.
    static let callbacks = HTTP2ServerTransport.Config.ChannelDebuggingCallbacks(
        onBindTCPListener: nil, onAcceptTCPConnection: nil,
        onAcceptHTTP2Stream: { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(ConnectionDrop(), position: .first)
            }
        })

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .headers(let headers) = unwrapOutboundIn(data), headers.headers.contains(name: Self.mark) {
            promise?.fail(ChannelError.ioOnClosedChannel)
            context.channel.parent?.close(mode: .all, promise: nil)
        } else {
            context.write(data, promise: promise)
        }
    }
}
