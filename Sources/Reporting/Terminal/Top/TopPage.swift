/// What a live view of a queue shows at one moment. Values only: ``TopScreen`` makes lines of them.
///
/// Whatever is `nil` is not known, and is shown as that or left out; nothing here is guessed without saying so.
package struct TopPage: Equatable, Sendable {
    /// The queue's name.
    package var queue: String
    /// How it uses Redis.
    package var queueProtocol: String
    /// Where Redis is.
    package var server: String
    /// When, by Redis' clock.
    package var clock: String
    /// What is wrong, a line each.
    package var alarms: [String] = []
    /// True when the server did not answer, so that the figures are of an earlier moment: that of ``clock``.
    package var isStale = false
    /// What lies where.
    package var tasks = Tasks()
    /// What happened a second, in the last interval; `nil` before there was one.
    package var latest: Rates?
    /// The same, smoothed.
    package var smoothed: Rates?
    /// How long things take.
    package var waits = Waits()
    /// Who is connected; `nil` where the server has too many connections to list them.
    package var people: [Part]?
    /// Producers that have not ended their session; `nil` where nobody knows them.
    package var producers: Int?
    /// Claims: some, or all.
    package var claims: [Claim] = []
    /// Dead letters, the newest first: some, or all.
    package var letters: [Letter] = []
    /// The server's machine.
    package var machine = Machine()
    /// What becomes of its data.
    package var saving = Saving()
    /// The server's commands that took most time in the last interval.
    package var commands: [Command] = []
    /// CPU credits of the run's instance; `nil` without any.
    package var credits: Credits?

    /// A page without values.
    package init(queue: String, queueProtocol: String, server: String, clock: String) {
        self.queue = queue
        self.queueProtocol = queueProtocol
        self.server = server
        self.clock = clock
    }

    /// Tasks by where they lie.
    package struct Tasks: Equatable, Sendable {
        /// For a first attempt.
        package var waiting = 0
        /// For another one.
        package var retry = 0
        /// For their time.
        package var delayed = 0
        /// With workers.
        package var held: Int?
        /// True where that is scaled up from some of the claims.
        package var isHeldEstimated = false
        /// Claims.
        package var claims = 0
        /// Claims whose lease has run out.
        package var expired: Int?
        /// Given up.
        package var dead = 0
        /// Those that have failed before.
        package var failed: Int?
        /// Those that have lost their worker before.
        package var orphaned: Int?

        /// No tasks.
        package init() {}
    }

    /// What happened a second.
    package struct Rates: Equatable, Sendable {
        /// The seconds that they are of; of smoothed ones, over which they are.
        package var seconds: Double
        /// Tasks enqueued.
        package var enqueued: Double?
        /// Batches enqueued.
        package var batches: Double?
        /// Claims made.
        package var claims: Double?
        /// Tasks handed out.
        package var handedOut: Double?
        /// Tasks done.
        package var done: Double?
        /// True where ``enqueued`` is concluded from other counts.
        package var isEnqueuedEstimated = false
        /// True where ``done`` is concluded from what is no count.
        package var isDoneEstimated = false
        /// By how much tasks that wait became more.
        package var backlog: Double?
        /// By how much dead letters became more.
        package var dead: Double?
        /// Attempts that ended, by the journals of a run.
        package var finished: Double?

        /// Rates over so many seconds.
        package init(seconds: Double) { self.seconds = seconds }
    }

    /// How long things take, in seconds.
    package struct Waits: Equatable, Sendable {
        /// How long the next task has waited.
        package var oldest: Double?
        /// How long a task waits that is enqueued now: what waits, divided by what is taken a second (Little's law). Infinite while
        /// nothing is taken.
        package var predicted: Double?
        /// Until the next delayed task is due; negative once it is.
        package var nextDue: Double?
        /// A round trip to Redis and back, from here.
        package var ping: Double?
        /// 99th percentile from the intended start to the end, of what ended in the last interval, by the journals of a run.
        package var endToEndP99: Double?

        /// Nothing known.
        package init() {}
    }

    /// The connections of one part of the queue's processes.
    package struct Part: Equatable, Sendable {
        let name: String
        let count: Int
        let hosts: Int
        let idleSeconds: Int?

        /// A part of these values; `idleSeconds` is since the last command of any of its connections.
        package init(name: String, count: Int, hosts: Int, idleSeconds: Int?) {
            self.name = name
            self.count = count
            self.hosts = hosts
            self.idleSeconds = idleSeconds
        }
    }

    /// A claim that is held.
    package struct Claim: Equatable, Sendable {
        let name: String
        let holder: String?
        let tasks: Int
        let isEveryTaskSeen: Bool
        let leftSeconds: Double?
        package let renewal: Renewal?

        /// How long ago a claim was renewed, or made.
        package enum Renewal: Equatable, Sendable {
            /// So many seconds.
            case ago(Double)
            /// Nobody saw it: so many seconds, or more.
            case atLeast(Double)
        }

        /// A claim of these values: how many tasks it holds, or how many at least; what is left of its lease, and how long ago it
        /// was renewed, or made.
        package init(
            name: String, holder: String?, tasks: Int, isEveryTaskSeen: Bool = true, leftSeconds: Double?,
            renewal: Renewal?
        ) {
            self.name = name
            self.holder = holder
            self.tasks = tasks
            self.isEveryTaskSeen = isEveryTaskSeen
            self.leftSeconds = leftSeconds
            self.renewal = renewal
        }
    }

    /// A dead letter.
    package struct Letter: Equatable, Sendable {
        let id: String
        let kind: String
        let reason: String

        /// A letter of these values.
        package init(id: String, kind: String, reason: String) {
            self.id = id
            self.kind = kind
            self.reason = reason
        }
    }

    /// A command of the server.
    package struct Command: Equatable, Sendable {
        let name: String
        let perSecond: Double
        let meanMicroseconds: Double
        let p99Microseconds: Double?

        /// A command of these values: its mean is of the last interval, its percentile of all since the server's start.
        package init(name: String, perSecond: Double, meanMicroseconds: Double, p99Microseconds: Double?) {
            self.name = name
            self.perSecond = perSecond
            self.meanMicroseconds = meanMicroseconds
            self.p99Microseconds = p99Microseconds
        }
    }
}
