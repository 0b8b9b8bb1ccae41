# What lies between hosts: this runs on each of them at once, as root, with nothing but perl-base.
#
# It listens on the ports that others need here (what listens already is left alone and used as it is), says `ready`, and
# beats. At the line `go` it tries what lies between it and the others, at `end` it says what it has heard and is gone;
# so it is when its input ends, and after five minutes. Each line that it prints begins with its token:
#   busy PORT                            something listens there already
#   open TO PORT WORD                    `yes`, or why not; TO is the other's number
#   ping TO SENT ANSWERED MICROSECONDS   small packets, and the median of their round trips
#   asked FROM PORT                      a question by UDP or a protocol of its own came; its answer may be lost yet
#   heard FROM COUNT FULL LARGEST        small packets, full ones, and the size of the largest that came, of FROM
# Arguments: token, own number, rounds of small packets, PORTS, and for each other NUMBER:ADDRESS:SIZE:PORTS, where PORTS
# are `tcp/6443`, `udp/8472` or `ip/4` (a protocol of its own), parted by commas, and SIZE is that of a full packet.
use strict;
use warnings;
use POSIX ();
use Socket;

my ($token, $me, $rounds, $own, @others) = @ARGV;
my @targets = map {
    my ($number, $address, $size, $ports) = split /:/;
    { number => $number, address => inet_aton($address), size => $size, ports => [split /,/, $ports || ''] }
} @others;
@targets = grep { defined $_->{address} } @targets;
$| = 1;
alarm 300;

sub say_line { print join(' ', $token, @_), "\n" }

# Seconds of the monotonic clock; perl-base has no Time::HiRes, and times() counts hundredths.
my $clock = { x86_64 => 228, aarch64 => 113 }->{ (POSIX::uname())[4] };
sub now {
    return time unless defined $clock;
    my $buffer = "\0" x 16;
    syscall($clock, 1, $buffer);
    my ($seconds, $nanoseconds) = unpack 'q2', $buffer;
    return $seconds + $nanoseconds / 1e9;
}

# A raw socket for a protocol; with room for what comes at once (SO_RCVBUFFORCE).
sub raw {
    socket(my $socket, PF_INET, SOCK_RAW, $_[0]) or return;
    setsockopt($socket, SOL_SOCKET, 33, pack('i', 8 << 20));
    return $socket;
}

# A raw socket for ICMP that takes one type only (ICMP_FILTER).
sub icmp {
    my $socket = raw(1) or return;
    setsockopt($socket, 255, 1, pack('L', ~(1 << $_[0]) & 0xffffffff));
    return $socket;
}

# What a packet of IPv4 holds.
sub content { substr $_[0], 4 * (ord($_[0]) & 15) }

# Waits for one of several sockets; gives those that have something.
sub waiting {
    my ($seconds, @sockets) = @_;
    my $set = '';
    vec($set, fileno($_), 1) = 1 for @sockets;
    return () unless select($set, undef, undef, $seconds < 0 ? 0 : $seconds) > 0;
    return grep { vec($set, fileno($_), 1) } @sockets;
}

my $length = length $token;

# ---- what listens
my (@doors, %heard, %asked);
for my $port (split /,/, $own) {
    my ($kind, $number) = split m{/}, $port;
    my $socket;
    if ($kind eq 'ip') {
        $socket = raw($number) or next;
    } else {
        my $type = $kind eq 'tcp' ? SOCK_STREAM : SOCK_DGRAM;
        socket($socket, PF_INET, $type, 0) or next;
        setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) if $kind eq 'tcp';
        my $is_mine = bind($socket, sockaddr_in($number, INADDR_ANY));
        $is_mine &&= listen($socket, 1024) if $kind eq 'tcp';
        if (!$is_mine) {
            say_line('busy', $port);
            next;
        }
    }
    push @doors, { kind => $kind, socket => $socket };
}
my $echoes = icmp(8);
push @doors, { kind => 'icmp', socket => $echoes } if $echoes;

sub answer {
    my ($door) = @_;
    my $socket = $door->{socket};
    if ($door->{kind} eq 'tcp') {
        accept(my $visitor, $socket);
        return;
    }
    my $sender = recv($socket, my $packet, 65535, 0);
    return unless defined $sender;
    my $size = length $packet;
    $packet = content($packet) if $door->{kind} ne 'udp';
    if ($door->{kind} eq 'icmp') {
        $packet = substr $packet, 8;
        return unless substr($packet, 0, $length) eq $token;
        my ($from, $kind) = unpack 'nC', substr($packet, $length, 3);
        my $entry = $heard{$from} ||= [0, 0, 0];
        $entry->[$kind]++ if $kind < 2;
        $entry->[2] = $size if $size > $entry->[2];
    } elsif ($packet =~ /^\Q${token}\Eq(\d+) \d+ (\S+)$/) {
        $asked{"$1 $2"} = 1;
        substr($packet, $length, 1) = 'r';
        send($socket, $packet, 0, $sender);
    }
}

# ---- what asks
sub try_tcp {
    my @wanted = map { my $to = $_; map { m{^tcp/(.*)} ? [$to, $1] : () } @{ $to->{ports} } } @targets;
    while (my @batch = splice @wanted, 0, 200) {
        my %open;
        for my $entry (@batch) {
            my ($to, $port) = @$entry;
            socket(my $socket, PF_INET, SOCK_STREAM, 0) or next;
            fcntl($socket, POSIX::F_SETFL(), POSIX::O_NONBLOCK());
            if (connect($socket, sockaddr_in($port, $to->{address})) || $! == POSIX::EINPROGRESS()) {
                $open{ fileno $socket } = [$socket, @$entry];
            } else {
                say_line('open', $to->{number}, "tcp/$port", "$!");
            }
        }
        # the kernel repeats a lost packet after one and after three seconds
        my $end = now() + 5;
        while (%open && now() < $end) {
            my $set = '';
            vec($set, $_, 1) = 1 for keys %open;
            next unless select(undef, $set, undef, 0.2) > 0;
            for my $number (grep { vec($set, $_, 1) } keys %open) {
                my ($socket, $to, $port) = @{ delete $open{$number} };
                $! = unpack 'i', getsockopt($socket, SOL_SOCKET, SO_ERROR);
                say_line('open', $to->{number}, "tcp/$port", $! ? "$!" : 'yes');
            }
        }
        say_line('open', $_->[1]{number}, "tcp/$_->[2]", 'no answer') for values %open;
    }
}

# UDP and protocols of their own: a question that is answered, up to five times.
sub try_others {
    my %open;
    for my $to (@targets) {
        for my $port (@{ $to->{ports} }) {
            next unless $port =~ m{^(udp|ip)/(.*)};
            $open{"$to->{number} $port"} = [$to, $port, $1, $2];
        }
    }
    my %sockets;
    for my $entry (values %open) {
        my ($kind, $number) = @$entry[2, 3];
        if ($kind eq 'ip') {
            $sockets{$entry->[1]} ||= raw($number);
        } elsif (!$sockets{udp}) {
            socket($sockets{udp}, PF_INET, SOCK_DGRAM, 0);
        }
    }
    for (1 .. 5) {
        last unless %open;
        for my $entry (values %open) {
            my ($to, $port, $kind, $number) = @$entry;
            my $socket = $sockets{$kind eq 'ip' ? $port : 'udp'} or next;
            my $question = "${token}q$me $to->{number} $port";
            send($socket, $question, 0, sockaddr_in($kind eq 'ip' ? 0 : $number, $to->{address}));
        }
        my $end = now() + 0.5;
        while (%open && now() < $end) {
            for my $socket (waiting($end - now(), grep { $_ } values %sockets)) {
                defined recv($socket, my $packet, 65535, 0) or next;
                $packet =~ /\Q${token}\Er$me (\d+ \S+)$/ or next;
                my $entry = delete $open{$1} or next;
                say_line('open', $1, 'yes');
            }
        }
    }
    say_line('open', $_, 'no answer') for keys %open;
}

sub checksum {
    my $sum = unpack '%32n*', $_[0] . (length($_[0]) % 2 ? "\0" : '');
    $sum = ($sum >> 16) + ($sum & 0xffff);
    return ~($sum + ($sum >> 16)) & 0xffff;
}

# Sends an echo request: a small one (kind 0), a full one (1), or one that tries a size (2), which is that of the whole
# packet.
sub echo_request {
    my ($socket, $to, $kind, $size) = @_;
    my $body = $token . pack('nCnd', $me, $kind, $to->{number}, now());
    $body .= "\0" x ($size - 28 - length $body) if $size > 28 + length $body;
    my $packet = pack('C2n3', 8, 0, 0, $$ & 0xffff, 0) . $body;
    substr($packet, 2, 2) = pack 'n', checksum($packet);
    send($socket, $packet, 0, sockaddr_in(0, $to->{address}));
}

sub try_echoes {
    my $socket = icmp(0) or return;
    # with the flag "don't fragment", whatever is known of the path (IP_PMTUDISC_PROBE)
    setsockopt($socket, 0, 10, pack('i', 3));
    my (%times, %full);
    my $take = sub {
        my $end = now() + $_[0];
        while ((my $left = $end - now()) > 0) {
            waiting($left, $socket) or last;
            defined recv($socket, my $packet, 65535, 0) or last;
            $packet = substr content($packet), 8;
            next unless substr($packet, 0, $length) eq $token;
            my ($from, $kind, $number, $then) = unpack 'nCnd', substr($packet, $length);
            next unless $from == $me;
            if ($kind == 1) {
                $full{$number} = 1;
            } elsif ($kind == 0) {
                push @{ $times{$number} }, now() - $then;
            }
        }
    };
    for (1 .. $rounds) {
        echo_request($socket, $_, 0, 0) for @targets;
        $take->(0.01);
    }
    $take->(1);
    for my $to (@targets) {
        my @sorted = sort { $a <=> $b } @{ $times{ $to->{number} } || [] };
        my $median = @sorted ? int($sorted[$#sorted / 2] * 1e6) : 0;
        say_line('ping', $to->{number}, $rounds, scalar @sorted, $median);
    }
    for (1 .. 3) {
        echo_request($socket, $_, 1, $_->{size}) for grep { !$full{ $_->{number} } } @targets;
        $take->(0.3);
    }
    # where none came back, which sizes do pass
    for my $to (grep { !$full{ $_->{number} } } @targets) {
        for my $size (1492, 1480, 1460, 1450, 1440, 1420, 1400, 1380, 1350, 1300, 1280, 1200, 1000, 576) {
            next unless $size < $to->{size};
            echo_request($socket, $to, 2, $size) for 1 .. 2;
        }
        $take->(0.2);
    }
}

# ---- the two at once
my ($child, $is_done, $line, $beat) = (0, 0, '', 0);
sub leave {
    kill 'KILL', $child if $child && !$is_done;
    exit 0;
}
say_line('ready');
while (1) {
    my @sockets = waiting(0.2, \*STDIN, map { $_->{socket} } @doors);
    for my $door (@doors) {
        answer($door) if grep { $_ == $door->{socket} } @sockets;
    }
    if (grep { $_ == \*STDIN } @sockets) {
        sysread(STDIN, $line, 1024, length $line) or leave();
        while ($line =~ s/^(.*)\n//) {
            if ($1 eq 'go' && !$child) {
                $child = fork;
                if (defined $child && $child == 0) {
                    try_tcp();
                    try_others();
                    try_echoes();
                    POSIX::_exit(0);
                }
            } elsif ($1 eq 'end') {
                # nobody asks any more; what has come may not have been looked at yet
                my $limit = now() + 5;
                while (now() < $limit and my @rest = waiting(0, map { $_->{socket} } @doors)) {
                    for my $door (@doors) {
                        answer($door) if grep { $_ == $door->{socket} } @rest;
                    }
                }
                say_line('asked', $_) for sort keys %asked;
                say_line('heard', $_, @{ $heard{$_} }) for sort keys %heard;
                leave();
            }
        }
    }
    if ($child && !$is_done && waitpid($child, POSIX::WNOHANG())) {
        $is_done = 1;
        say_line('done');
    }
    if (now() >= $beat) {
        say_line('beat');
        $beat = now() + 0.2;
    }
}
