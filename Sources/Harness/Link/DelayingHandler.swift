import NIOCore

/// One direction of a link: passes on what comes in after a while, in order, to the channel of the other side, which is on the
/// same event loop. The end of its connection is passed on likewise.
final class DelayingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private struct Parcel {
        let due: NIODeadline
        /// `nil` for the end of the connection.
        let content: ByteBuffer?
    }

    private let delay: TimeAmount
    private let partner: any Channel
    private var onTheWay = CircularBuffer<Parcel>()
    private var isTimerSet = false

    /// - Parameters:
    ///   - delay: how long the way takes.
    ///   - partner: where what comes in here goes.
    init(delay: TimeAmount, to partner: any Channel) {
        (self.delay, self.partner) = (delay, partner)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data), context) }

    func channelInactive(context: ChannelHandlerContext) { take(nil, context) }

    /// A connection that breaks is over for the other side, too.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func take(_ content: ByteBuffer?, _ context: ChannelHandlerContext) {
        onTheWay.append(Parcel(due: .now() + delay, content: content))
        setTimer(context.eventLoop)
    }

    private func setTimer(_ loop: any EventLoop) {
        guard !isTimerSet, let next = onTheWay.first else { return }
        isTimerSet = true
        loop.assumeIsolated().scheduleTask(deadline: next.due) {
            self.isTimerSet = false
            self.deliver()
            self.setTimer(loop)
        }
    }

    private func deliver() {
        let now = NIODeadline.now()
        while let parcel = onTheWay.first, parcel.due <= now {
            onTheWay.removeFirst()
            if let content = parcel.content {
                partner.write(content, promise: nil)
            } else {
                partner.close(promise: nil)
            }
        }
        partner.flush()
    }
}
