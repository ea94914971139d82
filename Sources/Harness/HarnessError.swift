package import InstanceLimits
package import Measurement
package import Messaging
package import Processes
package import Redis
package import ReliableQueue
package import Reporting
import Synchronization
package import Workload

/// What can end a command, and with which exit code.
package enum HarnessError: Error, Equatable, CustomStringConvertible {
    /// A flag, a name or a number on the command line is wrong.
    case usage(String)
    /// A scenario file is wrong.
    case scenario(ScenarioError)
    /// A value of the workload is wrong.
    case workload(WorkloadError)
    /// An instance type, or a file of them, is wrong.
    case catalogue(CatalogueError)
    /// Redis is unreachable or unfit.
    case redis(RedisError)
    /// The queue can't be used.
    case queue(QueueError)
    /// A journal can't be written or read.
    case journal(JournalError)
    /// The kernel's accounts can't be read.
    case accounting(AccountingError)
    /// The sink can't be reached or set up.
    case messaging(MessagingError)
    /// The sink's ledger can't be read or written.
    case ledger(LedgerError)
    /// A process can't be started.
    case process(ProcessError)
    /// A file can't be read or written.
    case file(path: String, reason: String)
    /// Recorded results can't be read.
    case results(ResultsError)
    /// Nobody answered in time.
    case unanswered(String)
    /// The run itself went wrong.
    case run(String)
    /// A signal ended the work before it was done.
    case interrupted(String)

    /// That of a process which ended since a task of it would not: it is to be started again (75, EX_TEMPFAIL).
    package static let stuckExitCode: Int32 = 75

    /// As sysexits(3) has them: 64 usage, 65 input, 69 unavailable; 1 when the run failed, 130 when it was interrupted.
    package var exitCode: Int32 {
        switch self {
        case .usage, .workload: 64
        case .scenario, .catalogue(.invalid), .results: 65
        case .catalogue(.unknown): 64
        case .redis(.invalidURL), .messaging(.address): 64
        case .queue(.stuck): Self.stuckExitCode
        case .redis, .queue, .process, .messaging, .unanswered: 69
        case .journal, .ledger, .accounting, .file, .run: 1
        case .interrupted: 130
        }
    }

    /// One line that says what to do.
    package var description: String {
        switch self {
        case .usage(let text), .run(let text), .unanswered(let text), .interrupted(let text): text
        case .scenario(let error): "\(error)"
        case .workload(let error): "\(error)"
        case .catalogue(let error): "\(error)"
        case .redis(let error): "\(error)"
        case .queue(let error): "\(error)"
        case .journal(let error): "\(error)"
        case .accounting(let error): "\(error)"
        case .messaging(let error): "\(error)"
        case .ledger(let error): "\(error)"
        case .process(let error): "\(error)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .results(let error): "\(error)"
        }
    }

    /// Makes any error of the modules below one of these.
    package init(_ error: any Error) {
        switch error {
        case let error as HarnessError: self = error
        case let error as ScenarioError: self = .scenario(error)
        case let error as WorkloadError: self = .workload(error)
        case let error as CatalogueError: self = .catalogue(error)
        case let error as RedisError: self = .redis(error)
        case let error as QueueError: self = .queue(error)
        case let error as JournalError: self = .journal(error)
        case let error as AccountingError: self = .accounting(error)
        case let error as MessagingError: self = .messaging(error)
        case let error as LedgerError: self = .ledger(error)
        case let error as ProcessError: self = .process(error)
        case let error as ResultsError: self = .results(error)
        default: self = .run("\(error)")
        }
    }
}

/// The first of several threads' errors.
final class FirstFailure: Sendable {
    private let error = Mutex<HarnessError?>(nil)

    /// The first error noted.
    var first: HarnessError? { error.withLock { $0 } }

    /// Notes an error, unless there is one.
    func note(_ failure: any Error) {
        error.withLock { $0 = $0 ?? HarnessError(failure) }
    }
}
