import AppointmentImport
import AppointmentLedger
import SystemFiles

/// The program: arguments in, an exit status out.
@main
struct Stimport {
    /// What `--version` prints.
    static let version = "0.1.0"
    /// When that version was made: the manual page's date.
    static let date = "2026-11-23"

    /// How many files may be open, at the least: the ledger and its log, the input, connections, the signals.
    private static let fewestDescriptors = 64
    /// How many threads can be started, at the least: for reading, writing, sending, looking up names, and tasks.
    private static let fewestThreads = 16
    /// The same, for tasks alone.
    private static let fewestThreadsForTasks = 8
    /// How much memory must be left, at the least: what the import of a file of any size takes, in MiB.
    private static let leastMemory = 64

    static func main() {
        // Before a secret is looked at, a file is opened, another thread exists.
        CoreDumps.forbid()
        StandardDescriptors.reserve()
        // A reader that goes away must end neither a post nor its settling.
        signal(SIGPIPE, SIG_IGN)
        let signals = SignalRouter.block()
        // Take what is secret out of the arguments and the environment while no other thread reads them.
        let arguments = ProcessArguments.capture()
        let environment = ProcessEnvironment.capture()
        let console = Console(environment: environment.values)
        let command = arguments.first.flatMap { CommandName(rawValue: $0) }
        do throws(UsageError) {
            try checkLimits(onlyShows: command.map(CommandSet.showing.contains) ?? false)
        } catch {
            console.error(error)
            console.finish()
            exit(ExitStatus.wrongUsage.rawValue)
        }
        Task.detached {
            let status = await run(arguments, environment, console)
            console.finish()
            exit(status.rawValue)
        }
        SignalRouter.wait(for: signals)
    }

    /// Makes sure that there is enough of what the system counts. What it refuses later, in a library or in the middle
    /// of a post, would be harder to tell, or would end the process.
    ///
    /// - Parameter onlyShows: whether the command only shows something: a share of the heap for each thread would cost
    ///   it more than waiting for each other does.
    private static func checkLimits(onlyShows: Bool) throws(UsageError) {
        guard DescriptorLimit.raise(to: fewestDescriptors) else {
            throw UsageError(
                "fewer than \(fewestDescriptors) files may be open at once here",
                fix: "raise the limit: ulimit -n 256, or LimitNOFILE in the systemd unit")
        }
        MemoryLimit.economize(sharingHeap: onlyShows)
        guard MemoryLimit.leaves(leastMemory << 20) else {
            throw UsageError(
                "there are less than \(leastMemory) MiB of memory left here",
                fix:
                    "raise the limit: ulimit -v unlimited and ulimit -d unlimited, or LimitAS and LimitDATA in the systemd unit"
            )
        }
        let threads = onlyShows ? fewestThreadsForTasks : fewestThreads
        guard WorkerThread.areAvailable(threads) else {
            throw UsageError(
                "fewer than \(threads) threads can be started here",
                fix: "raise the limit: ulimit -u, or LimitNPROC and TasksMax in the systemd unit")
        }
    }

    /// Runs one command line. Every error ends here.
    static func run(
        _ arguments: [String], _ environment: ProcessEnvironment, _ console: Console
    ) async -> ExitStatus {
        // Whether somebody waits for appointments to be posted.
        var posts = false
        do {
            let invocation: Invocation
            do {
                invocation = try CommandLineParser.parse(arguments, canAsk: Question.canBeAsked)
            } catch {
                // A slip of somebody at a terminal wakes nobody.
                if !Question.canBeAsked {
                    let rough = CommandContext(
                        invocation: Invocation(roughly: arguments), environment: environment,
                        console: console)
                    await rough.tellUnbegun(error)
                }
                throw error
            }
            posts = invocation.command == .import || invocation.command == .resume
            let context = CommandContext(invocation: invocation, environment: environment, console: console)
            let began = ContinuousClock.now
            SignalRouter.answer {
                console.text(
                    "stimport: progress: \(invocation.command.rawValue) has been going on for \(LedgerTime.elapsed(ContinuousClock.now - began))",
                    to: .diagnostics, mayWait: false)
            }
            let status = try await CommandDispatch.run(context)
            guard console.flush(.output, within: nil) else {
                console.error(
                    "standard output could not be written: its reader did not read",
                    fix: "what was done stays done; stimport report shows it again")
                return status == .success ? .unfinished : status
            }
            if let failure = console.outputFailure {
                console.error(
                    "standard output could not be written: \(failure)",
                    fix:
                        "make room or name another place; what was done stays done, and stimport report shows it again"
                )
            }
            return console.status(telling: status)
        } catch {
            let status = console.tell(error)
            if posts, error is UsageError { console.meaning("nothing was posted") }
            return status
        }
    }
}
