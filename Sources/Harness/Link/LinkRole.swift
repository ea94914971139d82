import Foundation
import NIOCore
import NIOPosix
package import Redis
package import ReliableQueue
import Workload

/// A network between processes and a Redis server that are on one host: whoever connects to its socket reaches the server, with
/// everything in both directions taking half of a round trip longer.
///
/// It stands for distance, not for a narrow line: as much as one likes is on its way at a time, and nothing is lost.
package struct LinkRole: Sendable {
    /// The server.
    package var server: RedisEndpoint
    /// The path of the socket that it listens on; nothing may be there.
    package var socket: String
    /// How long there and back takes longer.
    package var roundTrip: Duration

    /// A link to this server.
    package init(to server: RedisEndpoint, at socket: String, roundTrip: Duration) {
        (self.server, self.socket, self.roundTrip) = (server, socket, roundTrip)
    }

    /// Passes on until `stop` is set.
    ///
    /// - Throws: ``HarnessError`` when it can't listen, or is to lead to more than one server. A server that can't be reached is
    ///   nothing wrong with the link: the connection ends.
    package func run(until stop: StopSignal) throws(HarnessError) {
        try Self.requireOne(server)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let listener = try ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .childChannelOption(.autoRead, value: false)
                .childChannelInitializer { [server, delay = roundTrip / 2] in Self.join($0, server, delay) }
                .bind(unixDomainSocketPath: socket).wait()
            while !stop.wait(upTo: .seconds(3600)) {}
            try listener.close().wait()
            try group.syncShutdownGracefully()
        } catch {
            throw .run("the link at \(socket): \(error)")
        }
    }

    /// Refuses an address that leads to one server after another: they would tell their clients of each other, and be reached
    /// past the link.
    static func requireOne(_ server: RedisEndpoint) throws(HarnessError) {
        guard server.isOneOfMany else { return }
        throw .usage("a link lengthens the way to one server, and \(server) leads to several: give redis:// or unix://")
    }

    /// Connects a connection that came in with one to the server.
    private static func join(
        _ inside: any Channel, _ server: RedisEndpoint, _ delay: Duration
    ) -> EventLoopFuture<Void> {
        let delay = TimeAmount.nanoseconds(Int64(delay / .nanoseconds(1)))
        let bootstrap = ClientBootstrap(group: inside.eventLoop).channelOption(.autoRead, value: false)
        let connecting =
            switch server.address {
            case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
            case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
            case .sentinel, .cluster: preconditionFailure("that was refused")
            }
        // What the clients say meanwhile is read once there is somebody to pass it on to.
        connecting.hop(to: inside.eventLoop).assumeIsolated().whenComplete { result in
            guard case .success(let outside) = result else { return inside.close(promise: nil) }
            do {
                try inside.pipeline.syncOperations.addHandler(DelayingHandler(delay: delay, to: outside))
                try outside.pipeline.syncOperations.addHandler(DelayingHandler(delay: delay, to: inside))
                for channel in [inside, outside] { try channel.syncOptions?.setOption(.autoRead, value: true) }
            } catch {
                for channel in [inside, outside] { channel.close(promise: nil) }
            }
        }
        return inside.eventLoop.makeSucceededVoidFuture()
    }
}
