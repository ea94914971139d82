import CHiredis
import Glibc

/// One blocking connection to a Redis server, over hiredis.
///
/// It belongs to one thread at a time, and every call that may wait is unavailable from `async` code, so that a
/// stalled server never holds a thread of Swift's cooperative pool. Nothing is ever sent a second time by itself:
/// after ``RedisError/connectionLost(code:words:)`` the outcome of what was sent is unknown, and whoever sent it
/// decides, after ``reconnect()``, what to say again.
///
/// The handshake (AUTH, SELECT, INFO, and the owner's own `greet`) is part of connecting: no command is sent before
/// its replies, on the first connection and on every later one.
@safe
public final class RedisConnection: TrafficSource {
    /// Where the server is, as this connection was told.
    public let endpoint: RedisEndpoint
    /// The server that the connection was last made to.
    public private(set) var place: RedisEndpoint
    /// How often the connection was made: another number says that the server may be another, too.
    package private(set) var generation = 0
    /// What the server said of itself when this connection was last made.
    public private(set) var server: RedisServerInfo
    /// The server's number for this connection, by which another one can unblock it.
    public private(set) var clientID = 0
    /// What has passed over this connection and the ones before it.
    public private(set) var traffic = RedisTraffic()

    /// True when a probe watches this connection.
    package var isProbed: Bool { probe != nil }

    private let settings: RedisSettings
    private let greet: (RedisConnection) throws(RedisError) -> Void
    private var search: ServerSearch
    private var context: UnsafeMutablePointer<redisContext>?
    private var writer = CommandWriter()
    private var buffers = ReplyBuffers()
    private var repliesDue = 0
    /// The probe that watches this connection.
    private let probe: CommandProbe?
    /// A pipeline that waits for the probe: its next piece is sent once the replies that are due were read.
    private var heldBack: ProbedPipeline?

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - key: one of the keys that the connection is for, which all share a slot: in a Cluster it leads to their node, and
    ///     without one any master will do.
    ///   - greet: what the owner has to say on each new connection before anything else is sent.
    /// - Throws: ``RedisError/unreachable(endpoint:code:words:)``,
    ///   ``RedisError/notAuthenticated(endpoint:words:)``, ``RedisError/serverTooOld(version:needed:)``,
    ///   ``RedisError/noSuchMaster(name:)``, or what `greet` throws.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(
        to endpoint: RedisEndpoint, settings: RedisSettings = RedisSettings(), for key: String? = nil,
        greet: @escaping (RedisConnection) throws(RedisError) -> Void = { _ in }
    ) throws(RedisError) {
        self.endpoint = endpoint
        place = endpoint
        search = ServerSearch(for: endpoint, slot: key.map(HashSlot.init(of:)))
        self.settings = settings
        self.greet = greet
        probe = settings.probe.flatMap { $0.part == settings.part ? $0 : nil }
        server = RedisServerInfo()
        writer.probe = probe
        try connect()
    }

    deinit {
        if let context = unsafe context { unsafe redisFree(context) }
    }

    /// Drops the connection, if there still is one, and makes a new one, handshake included. Tries once.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func reconnect() throws(RedisError) {
        disconnect()
        try connect()
    }

    /// Makes a new connection as ``reconnect()`` does, waiting between attempts as `backoff` says, until one holds or
    /// its time is up; `keepTrying` is asked before each attempt.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func reconnect(
        _ backoff: Backoff, while keepTrying: () -> Bool = { true }
    ) throws(RedisError) {
        try backoff.retrying(while: keepTrying, if: endpoint.isPassing) { () throws(RedisError) in
            try reconnect()
        }
    }

    /// What helps after a refusal that comes of the server's place among others; notes where a redirection leads, so that
    /// ``reconnect()`` goes there.
    package func remedy(for error: RedisError) -> Remedy { search.remedy(for: error) }

    // MARK: Commands

    /// Sends one command of text arguments and waits for its reply.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func call(_ name: String, _ arguments: String...) throws(RedisError) -> RedisReply {
        append(name, arguments)
        return try receive()
    }

    /// Appends one command of text arguments to the pipeline. Nothing is sent before ``flush()`` or ``receive()``.
    public func append(_ name: String, _ arguments: [String]) {
        append { writer in
            writer.command(name, arguments: arguments.count)
            for argument in arguments { writer.argument(argument) }
        }
    }

    /// Appends commands to the pipeline as `write` encodes them. Nothing is sent before ``flush()`` or ``receive()``.
    public func append(_ write: (inout CommandWriter) -> Void) {
        write(&writer)
    }

    /// Sends what the pipeline holds.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func flush() throws(RedisError) {
        guard writer.commands > 0 else { return }
        precondition(heldBack == nil, "what a probe holds back would be overtaken: read the replies before it first")
        let context = unsafe try liveContext()
        traffic.commands += writer.commands
        traffic.bytesOut += writer.bytes.count
        traffic.roundTrips += 1
        if let probe, let pipeline = ProbedPipeline(writer, for: probe) {
            heldBack = pipeline
            try advance(pastStopsOf: probe)
        } else {
            try unsafe send(writer.bytes[...], writer.commands, on: context)
        }
        writer.removeAll()
    }

    private func send(
        _ bytes: ArraySlice<UInt8>, _ commands: Int, on context: UnsafeMutablePointer<redisContext>
    ) throws(RedisError) {
        repliesDue += commands
        let appended = unsafe bytes.withUnsafeBytes { bytes in
            unsafe redisAppendFormattedCommand(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard appended == REDIS_OK else { throw unsafe lost(context) }
        var isDone: Int32 = 0
        while isDone == 0 {
            guard unsafe redisBufferWrite(context, &isDone) == REDIS_OK else { throw unsafe lost(context) }
        }
    }

    /// The next reply of the pipeline, in the order of its commands; flushes first.
    ///
    /// - Throws: ``RedisError/server(words:)`` when this command was refused: the replies after it can still be
    ///   received. ``RedisError/connectionLost(code:words:)`` when the connection broke: none can.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func receive() throws(RedisError) -> RedisReply {
        let buffer = try beginReceiving()
        try parse(into: buffer)
        let reply = RedisReply(in: buffer, at: 0)
        if reply.kind == .error { throw .server(words: try reply.text()) }
        return reply
    }

    /// The next `count` replies of the pipeline as one array; flushes first. A refusal is an element like any other here.
    ///
    /// - Throws: ``RedisError/connectionLost(code:words:)`` when the connection broke.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func receiveAll(_ count: Int) throws(RedisError) -> RedisReply {
        let buffer = try beginReceiving()
        buffer.beginArray(of: count)
        for _ in 0..<count { try parse(into: buffer) }
        return RedisReply(in: buffer, at: 0)
    }

    /// Sends what is to be sent, and finds a buffer for what comes.
    private func beginReceiving() throws(RedisError) -> ReplyBuffer {
        try flush()
        let buffer = buffers.next()
        unsafe buffer.attach(to: try liveContext())
        return buffer
    }

    /// Waits for one reply and appends it to a buffer.
    private func parse(into buffer: ReplyBuffer) throws(RedisError) {
        precondition(repliesDue > 0, "no command is waiting for a reply")
        let context = unsafe try liveContext()
        let before = buffer.wireBytes
        var node: UnsafeMutableRawPointer?
        guard unsafe redisGetReply(context, &node) == REDIS_OK, unsafe node != nil else {
            throw unsafe lost(context)
        }
        buffer.didParse()
        repliesDue -= 1
        traffic.bytesIn += buffer.wireBytes - before
        if let probe, heldBack != nil, repliesDue == 0 { try advance(pastStopsOf: probe) }
    }

    /// Reads and drops the replies that are still due, so that the connection can be used again after an error in the
    /// middle of a pipeline. What was appended and not sent is dropped too.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func drain() {
        resetWriter()
        while repliesDue > 0 {
            // A refusal is a reply like any other here, and a lost connection leaves none due.
            _ = try? receive()
        }
    }

    // MARK: Probing

    /// Sends what is held back piece by piece and lets the probe act in between, up to a point that lies behind a reply which
    /// is still due, or to the end.
    private func advance(pastStopsOf probe: CommandProbe) throws(RedisError) {
        while let piece = heldBack?.takePiece() {
            if piece.commands > 0 { try unsafe send(piece.bytes, piece.commands, on: liveContext()) }
            guard let stop = heldBack?.nextStop else {
                heldBack = nil
                return
            }
            if stop.moment == .after, repliesDue > 0 { return }
            heldBack?.passStop()
            guard probe.act(at: stop) == .goesOn else {
                disconnect()
                throw .connectionLost(code: REDIS_ERR_EOF, words: "a probe broke it")
            }
        }
    }

    // MARK: Connecting

    private func connect() throws(RedisError) {
        BrokenPipes.ignore()
        var step = search.begin()
        while true {
            switch step {
            case .connect(let server):
                do throws(RedisError) {
                    return try connect(to: server)
                } catch {
                    step = search.didFail(error)
                }
            case .askSentinel(let sentinel, let master): step = search.didHear(of: .from(sentinel, on: master))
            case .askNode(let node): step = search.didHear(of: .from(node))
            case .fail(let error): throw error
            }
        }
    }

    private func connect(to server: RedisEndpoint) throws(RedisError) {
        place = server
        generation += 1
        let context = unsafe try open()
        unsafe self.context = unsafe context
        do throws(RedisError) {
            // A server that takes connections and answers nothing is as good as away.
            try limitReplies(to: settings.connectTimeout)
            try shakeHands()
            try limitReplies(to: settings.commandTimeout)
        } catch {
            disconnect()
            throw error
        }
    }

    /// hiredis forgets this on reconnecting, so each connection is a new context.
    private func limitReplies(to time: Duration) throws(RedisError) {
        let context = unsafe try liveContext()
        guard unsafe redisSetTimeout(context, time.timeval) == REDIS_OK else { throw unsafe lost(context) }
    }

    private func shakeHands() throws(RedisError) {
        try authenticate()
        if place.database != 0 { _ = try call("SELECT", String(place.database)) }
        server = try RedisServerInfo(parsing: call("INFO").text())
        try server.requireSupportedVersion()
        if let objection = search.objection(to: server) { throw objection }
        clientID = try call("CLIENT", "ID").integer()
        if !settings.clientName.isEmpty { _ = try call("CLIENT", "SETNAME", settings.clientName) }
        try greet(self)
    }

    private func open() throws(RedisError) -> UnsafeMutablePointer<redisContext> {
        let limit = settings.connectTimeout.timeval
        let opened: UnsafeMutablePointer<redisContext>?
        switch place.address {
        case .unixSocket(let path): unsafe opened = unsafe redisConnectUnixWithTimeout(path, limit)
        case .tcp(let host, let port): unsafe opened = unsafe redisConnectWithTimeout(host, Int32(port), limit)
        case .sentinel, .cluster: preconditionFailure("a search leads to one server")
        }
        guard let context = unsafe opened else {
            throw .unreachable(endpoint: "\(place)", code: REDIS_ERR_OOM, words: "out of memory")
        }
        guard unsafe context.pointee.err == 0 else {
            defer { unsafe redisFree(context) }
            throw .unreachable(
                endpoint: "\(place)", code: unsafe context.pointee.err,
                words: unsafe String(cString: fibq_redis_error_text(context)))
        }
        return unsafe context
    }

    private func authenticate() throws(RedisError) {
        do {
            if let password = place.password {
                append("AUTH", (place.user.map { [$0] } ?? []) + [password])
                _ = try receive()
            }
            // A server that wants a password answers the first command with NOAUTH.
            _ = try call("PING")
        } catch {
            // One that could not write to its disk refuses even that, and still answers whatever reads.
            if error.serverCode == "MISCONF" { return }
            guard let code = error.serverCode,
                ["WRONGPASS", "NOAUTH", "NOPERM"].contains(code) || isUselessPassword(error)
            else { throw error }
            throw .notAuthenticated(endpoint: "\(place)", words: "\(error)")
        }
    }

    /// A server without passwords answers AUTH with no code of its own.
    private func isUselessPassword(_ error: RedisError) -> Bool {
        guard case .server(let words) = error else { return false }
        return words.hasPrefix("ERR AUTH") || words.hasPrefix("ERR Client sent AUTH")
    }

    private func disconnect() {
        if let context = unsafe context { unsafe redisFree(context) }
        unsafe context = nil
        resetWriter()
        heldBack = nil
        repliesDue = 0
    }

    private func resetWriter() {
        writer = CommandWriter()
        writer.probe = probe
    }

    private func liveContext() throws(RedisError) -> UnsafeMutablePointer<redisContext> {
        guard let context = unsafe context else {
            resetWriter()
            throw .connectionLost(code: REDIS_ERR_IO, words: "not connected")
        }
        return unsafe context
    }

    /// Reads the reason off the context, then lets go of it: hiredis cannot use a context after an error.
    private func lost(_ context: UnsafeMutablePointer<redisContext>) -> RedisError {
        let code = unsafe context.pointee.err
        let words = unsafe String(cString: fibq_redis_error_text(context))
        disconnect()
        return .connectionLost(code: code, words: words.isEmpty ? "hiredis error \(code)" : words)
    }
}
