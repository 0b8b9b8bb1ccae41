package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/vishvananda/netlink"
)

// address is the common address on one link.
type address struct {
	ip    net.IP
	whole *netlink.Addr
	link  netlink.Link
	mutex sync.Mutex
}

func newAddress(ip, prefix, name string) (*address, error) {
	whole, err := netlink.ParseAddr(ip + "/" + prefix)
	if err != nil {
		return nil, err
	}
	link, err := netlink.LinkByName(name)
	if err != nil {
		return nil, fmt.Errorf("link %q: %v", name, err)
	}
	return &address{ip: whole.IP.To4(), whole: whole, link: link}, nil
}

// serve has the address on the link, and tells the neighbours every three seconds, as kube-vip does.
func (a *address) serve(ctx context.Context) {
	for ctx.Err() == nil {
		if err := a.announce(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "lab-vip:", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(3 * time.Second):
		}
	}
}

func (a *address) announce(ctx context.Context) error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	// after the end it must not come back
	if ctx.Err() != nil {
		return nil
	}
	if err := netlink.AddrReplace(a.link, a.whole); err != nil {
		return fmt.Errorf("%s on %s: %v", a.whole, a.link.Attrs().Name, err)
	}
	return a.gratuitous()
}

// remove takes the address off, where it is there.
func (a *address) remove() error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if err := netlink.AddrDel(a.link, a.whole); err != nil && err != syscall.EADDRNOTAVAIL {
		return fmt.Errorf("%s off %s: %v", a.whole, a.link.Attrs().Name, err)
	}
	return nil
}

// gratuitous says by ARP (RFC 826; RFC 5227, section 3) that this link has the address.
func (a *address) gratuitous() error {
	const protocolARP = 0x0806
	order := make([]byte, 2)
	binary.BigEndian.PutUint16(order, protocolARP)
	socket, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, int(binary.LittleEndian.Uint16(order)))
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	own := a.link.Attrs().HardwareAddr
	broadcast := net.HardwareAddr{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
	frame := append(append([]byte{}, broadcast...), own...)
	// Ethernet, IPv4, their lengths, a request
	frame = append(frame, 0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1)
	frame = append(frame, own...)
	frame = append(frame, a.ip...)
	frame = append(frame, make([]byte, 6)...)
	frame = append(frame, a.ip...)
	to := syscall.SockaddrLinklayer{Ifindex: a.link.Attrs().Index, Halen: 6}
	copy(to.Addr[:], broadcast)
	return syscall.Sendto(socket, frame, 0, &to)
}
