import GRPCNIOTransportHTTP2Posix
import NIOCore

/// Closes a new connection on which the sink says nothing in time.
///
/// The kernel accepts connections for a process that is stopped or stuck, and calls would wait for such a connection
/// without end, as they have no stream yet that a deadline could break off.
final class SilentConnection: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let limit: TimeAmount
    private var closing: Scheduled<Void>?

    init(limit: Duration) {
        self.limit = .nanoseconds(Int64(clamping: limit.nanoseconds))
    }

    /// Puts one into each connection's pipeline.
    static func callbacks(limit: Duration) -> HTTP2ClientTransport.Config.ChannelDebuggingCallbacks {
        HTTP2ClientTransport.Config.ChannelDebuggingCallbacks(
            onCreateTCPConnection: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SilentConnection(limit: limit), position: .first)
                }
            },
            onCreateHTTP2Stream: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        closing = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        closing?.cancel()
        closing = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
