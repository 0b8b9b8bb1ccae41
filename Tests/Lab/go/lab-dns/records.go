package main

import (
	"net"
	"strings"

	"github.com/miekg/dns"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	listers "k8s.io/client-go/listers/core/v1"
)

const (
	zone       = "cluster.local."
	timeToLive = 5
)

// records answers questions from what the informers hold.
type records struct {
	services  listers.ServiceLister
	endpoints listers.EndpointsLister
}

// target is one address behind a name, and the ports that an SRV record may name.
type target struct {
	name  string
	ip    string
	ports []port
}

type port struct {
	name     string
	protocol string
	number   uint16
}

// ServeDNS answers one question: NXDOMAIN for a name that does not exist, REFUSED never, since there is no upstream.
func (r *records) ServeDNS(w dns.ResponseWriter, request *dns.Msg) {
	reply := new(dns.Msg)
	reply.SetReply(request)
	reply.Authoritative = true
	if len(request.Question) == 1 {
		exists := r.answer(request.Question[0], reply)
		if !exists {
			reply.Rcode = dns.RcodeNameError
		}
		if len(reply.Answer) == 0 {
			reply.Ns = []dns.RR{authority()}
		}
	}
	if _, udp := w.RemoteAddr().(*net.UDPAddr); udp {
		size := dns.MinMsgSize
		if option := request.IsEdns0(); option != nil {
			size = int(option.UDPSize())
			reply.SetEdns0(uint16(size), false)
		}
		if reply.Len() > size {
			// The client asks again by TCP.
			reply.Truncated = true
			reply.Answer, reply.Extra = nil, nil
		}
	}
	// A client that is gone needs no answer.
	_ = w.WriteMsg(reply)
}

// answer appends the records that the question asks for, and says whether its name exists at all.
func (r *records) answer(question dns.Question, reply *dns.Msg) bool {
	name := strings.ToLower(question.Name)
	if strings.HasSuffix(name, ".in-addr.arpa.") {
		return r.reverse(question, name, reply)
	}
	if name == zone || name == "svc."+zone {
		return true
	}
	if !strings.HasSuffix(name, ".svc."+zone) {
		return false
	}
	words := strings.Split(strings.TrimSuffix(name, ".svc."+zone), ".")
	var prefix []string
	if len(words) > 2 {
		prefix = words[:len(words)-2]
		words = words[len(words)-2:]
	}
	if len(words) == 1 {
		found, err := r.services.Services(words[0]).List(labels.Everything())
		return err == nil && len(found) > 0
	}
	service, err := r.services.Services(words[1]).Get(words[0])
	if err != nil {
		return false
	}
	if service.Spec.Type == core.ServiceTypeExternalName {
		if len(prefix) == 0 && (question.Qtype == dns.TypeA || question.Qtype == dns.TypeCNAME) {
			reply.Answer = append(reply.Answer, &dns.CNAME{Hdr: header(question.Name, dns.TypeCNAME), Target: dns.Fqdn(service.Spec.ExternalName)})
		}
		return len(prefix) == 0
	}
	exists := len(prefix) == 0
	for _, target := range r.targets(service) {
		exists = target.answer(question, prefix, reply) || exists
	}
	return exists
}

// targets are a Service's own address, or the addresses of its endpoints where it is headless.
func (r *records) targets(service *core.Service) []target {
	host := service.Name + "." + service.Namespace + ".svc." + zone
	if service.Spec.ClusterIP != core.ClusterIPNone {
		one := target{name: host, ip: service.Spec.ClusterIP}
		for _, each := range service.Spec.Ports {
			one.ports = append(one.ports, port{each.Name, strings.ToLower(string(each.Protocol)), uint16(each.Port)})
		}
		return []target{one}
	}
	endpoints, err := r.endpoints.Endpoints(service.Namespace).Get(service.Name)
	if err != nil {
		return nil
	}
	var all []target
	for _, subset := range endpoints.Subsets {
		addresses := subset.Addresses
		if service.Spec.PublishNotReadyAddresses {
			addresses = append(append([]core.EndpointAddress{}, addresses...), subset.NotReadyAddresses...)
		}
		for _, address := range addresses {
			one := target{name: hostname(address) + "." + host, ip: address.IP}
			for _, each := range subset.Ports {
				one.ports = append(one.ports, port{each.Name, strings.ToLower(string(each.Protocol)), uint16(each.Port)})
			}
			all = append(all, one)
		}
	}
	return all
}

func hostname(address core.EndpointAddress) string {
	if address.Hostname != "" {
		return address.Hostname
	}
	return strings.ReplaceAll(address.IP, ".", "-")
}

// answer appends what this target has for the question and says whether it has the question's name.
func (t target) answer(question dns.Question, prefix []string, reply *dns.Msg) bool {
	isPort := len(prefix) == 2 && strings.HasPrefix(prefix[0], "_") && strings.HasPrefix(prefix[1], "_")
	own := len(prefix) == 1 && strings.HasPrefix(t.name, prefix[0]+".") && strings.Count(t.name, ".") == 6
	if len(prefix) != 0 && !isPort && !own {
		return false
	}
	a := &dns.A{Hdr: header(question.Name, dns.TypeA), A: net.ParseIP(t.ip)}
	if question.Qtype == dns.TypeA && !isPort {
		reply.Answer = append(reply.Answer, a)
	}
	exists := !isPort
	for _, each := range t.ports {
		if isPort && (prefix[0] != "_"+each.name || prefix[1] != "_"+each.protocol) {
			continue
		}
		exists = true
		if question.Qtype == dns.TypeSRV {
			reply.Answer = append(reply.Answer, &dns.SRV{Hdr: header(question.Name, dns.TypeSRV), Weight: 100, Port: each.number, Target: t.name})
			a.Hdr.Name = t.name
			reply.Extra = append(reply.Extra, a)
		}
	}
	return exists
}

// reverse answers a PTR question with the name of the Service or of the headless Service's endpoint that has the address.
func (r *records) reverse(question dns.Question, name string, reply *dns.Msg) bool {
	words := strings.Split(strings.TrimSuffix(name, ".in-addr.arpa."), ".")
	for i, j := 0, len(words)-1; i < j; i, j = i+1, j-1 {
		words[i], words[j] = words[j], words[i]
	}
	ip := strings.Join(words, ".")
	services, err := r.services.List(labels.Everything())
	if err != nil {
		return false
	}
	for _, service := range services {
		if service.Spec.Type == core.ServiceTypeExternalName {
			continue
		}
		for _, each := range r.targets(service) {
			if each.ip == ip {
				if question.Qtype == dns.TypePTR {
					reply.Answer = append(reply.Answer, &dns.PTR{Hdr: header(question.Name, dns.TypePTR), Ptr: each.name})
				}
				return true
			}
		}
	}
	return false
}

func header(name string, kind uint16) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: timeToLive}
}

// authority lets a resolver remember for a moment that there is nothing.
func authority() dns.RR {
	return &dns.SOA{
		Hdr: header(zone, dns.TypeSOA), Ns: "ns.dns." + zone, Mbox: "hostmaster." + zone,
		Serial: 1, Refresh: 7200, Retry: 1800, Expire: 86400, Minttl: timeToLive,
	}
}
