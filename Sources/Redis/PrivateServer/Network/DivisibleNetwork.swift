import Glibc
import Processes

/// A network between private servers that can be slow, and can be divided: a proxy on a thread of its own, in front of each of
/// them.
///
/// Each server has a loopback address of its own, on which it listens and from which it connects to others. What it tells them
/// and its clients to connect to is 127.0.0.1, where the proxy listens on the same port; that knows by its address who is at
/// the other end. Across a division packets vanish: nothing arrives, nothing is refused, and no connection breaks. What is under
/// way then arrives once it is healed, unless its sender has given up.
///
/// Clients are whoever comes from 127.0.0.1: this process and its children, and a server that sends another one its keys
/// (MIGRATE). Those of a server's unix socket don't pass here.
final class DivisibleNetwork: Sendable {
    private let orders: NetworkOrders
    private let thread: DedicatedThread

    /// A network without a server, as quick as it can be, and not divided.
    init() throws(RedisError) {
        let orders = try NetworkOrders()
        self.orders = orders
        thread = DedicatedThread(name: "network") {
            var forwarder = NetworkForwarder(orders)
            forwarder.run()
        }
    }

    deinit { stop() }

    /// Ends it: every connection breaks. Later calls do nothing.
    func stop() {
        orders.change { $0 = NetworkOrders.State(isOver: true) }
        thread.join()
    }

    /// Takes connections to a port of a server from now on.
    func open(_ port: Int, of server: LoopbackAddress) throws(RedisError) {
        let entrance = try NetworkEntrance(to: port, of: server)
        orders.change { $0.entrances.append(entrance) }
    }

    /// How it is now.
    var conditions: NetworkConditions { orders.current.conditions }

    /// Changes how it is, from the moment on when this returns.
    func change(_ change: (inout NetworkConditions) -> Void) { orders.change { change(&$0.conditions) } }
}
