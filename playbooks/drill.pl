# What a drill sees: this runs on a control plane while something is taken away, as root, with nothing but perl-base.
#
# It asks each service five times a second, as a client in the cluster would, and watches what the API server says of
# endpoints, pods and nodes. Each line that it prints begins with its token, a kind and milliseconds since 1970:
#   request AT SERVICE MILLISECONDS ok|WHY   one request
#   endpoints AT NAMESPACE NAME ADDRESS,…    those that are ready; `<none>` where none is
#   pod AT NAMESPACE NAME NODE READY DELETED as columns of kubectl; `<none>` where there is nothing
#   node AT NAME READY
# It ends at the line `end`, when its input ends, and after an hour.
# Arguments: token, and for each service NAMESPACE/NAME:ADDRESS:PORT:PATH; without a path it is enough to connect.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX ();

my ($token, @targets) = @ARGV;
$| = 1;
$ENV{KUBECONFIG} = '/etc/kubernetes/admin.conf';
$SIG{PIPE} = sub { exit 0 };

# perl-base has no Time::HiRes: clock_gettime(2), the clock of the day.
my $clock = { x86_64 => 228, aarch64 => 113 }->{ (POSIX::uname())[4] };
sub now {
    return time * 1000 unless defined $clock;
    my $buffer = "\0" x 16;
    syscall($clock, 0, $buffer);
    my ($seconds, $nanoseconds) = unpack 'q2', $buffer;
    return $seconds * 1000 + int($nanoseconds / 1e6);
}

# One line is one write, so that those of several processes do not mix.
sub say_line { my $kind = shift; syswrite STDOUT, join(' ', $token, $kind, @_) . "\n" }

sub ask {
    my ($address, $port, $path) = @_;
    my $end = now() + 2000;
    my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Timeout => 2)
        or return $! =~ /refused/ ? 'refused' : $! =~ /time/i ? 'timeout' : 'unreachable';
    return 'ok' if $path eq '';
    # one that answers is one that serves: what it answers is the application's business, but for its own faults
    syswrite $socket, "GET $path HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n" or return 'broken';
    my $left = ($end - now()) / 1000;
    IO::Select->new($socket)->can_read($left > 0 ? $left : 0) or return 'timeout';
    sysread $socket, my $answer, 64 or return 'broken';
    return $answer =~ m{^HTTP/\S+ (\d+)} ? $1 >= 500 ? "status-$1" : 'ok' : 'broken';
}

my @children;
sub start {
    my ($work) = @_;
    my $pid = fork;
    die "fork: $!" unless defined $pid;
    if ($pid) {
        push @children, $pid;
        return;
    }
    # with the kubectl that it starts, in a group of its own
    setpgrp 0, 0;
    close STDIN;
    $work->() while 1;
}

sub watch {
    my ($kind, @words) = @_;
    start(sub {
        open my $rows, '-|', 'kubectl', 'get', @words, '--watch', '--no-headers' or exit 1;
        while (my $row = <$rows>) { say_line($kind, now(), split ' ', $row) }
        close $rows;
        select undef, undef, undef, 1;
    });
}

my %namespaces;
for my $target (@targets) {
    my ($name, $address, $port, $path) = split /:/, $target, 4;
    $namespaces{ (split m{/}, $name)[0] } = 1;
    start(sub {
        my $began = now();
        my $word = ask($address, $port, $path);
        my $spent = now() - $began;
        say_line('request', $began, $name, $spent, $word);
        select undef, undef, undef, (200 - $spent) / 1000 if $spent < 200;
    });
}
for my $namespace (sort keys %namespaces) {
    watch('endpoints', 'endpoints', '-n', $namespace, '-o',
        "custom-columns=N:.metadata.namespace,S:.metadata.name,A:.subsets[*].addresses[*].ip");
    watch('pod', 'pods', '-n', $namespace, '-o',
        'custom-columns=S:.metadata.namespace,N:.metadata.name,O:.spec.nodeName,R:.status.conditions[?(@.type=="Ready")].status,'
            . 'D:.metadata.deletionTimestamp');
}
watch('node', 'nodes', '-o', 'custom-columns=N:.metadata.name,R:.status.conditions[?(@.type=="Ready")].status');

alarm 3600;
$SIG{ALRM} = $SIG{TERM} = sub { kill 'KILL', map { -$_ } @children; exit 0 };
while (my $line = <STDIN>) { last if $line eq "end\n" }
kill 'KILL', map { -$_ } @children;
